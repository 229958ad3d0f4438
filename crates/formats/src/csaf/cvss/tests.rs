//! Scores against those of another calculator.

use super::*;

/// Vectors drawn at random, with the scores that another calculator gave them.
#[test]
fn scores_are_those_of_another_calculator() {
    for (scheme, text, [base, temporal, environmental]) in KNOWN {
        let scores = Vector::parse(scheme, text).unwrap().scores();
        assert_eq!(scores, Some(Scores { base, temporal, environmental }), "{text}");
    }
}

#[test]
fn a_score_is_called_by_its_band() {
    let words = [0, 1, 39, 40, 69, 70, 89, 90, 100].map(severity);
    let expected = ["NONE", "LOW", "LOW", "MEDIUM", "MEDIUM", "HIGH", "HIGH", "CRITICAL", "CRITICAL"];
    assert_eq!(words, expected);
    assert_eq!(
        ["9.8", "10", "7.0e0", "7.55", "-1", "11"].map(tenths),
        [Some(98), Some(100), Some(70), None, None, None]
    );
}

/// Vectors drawn at random.
const KNOWN: [(Scheme, &str, [u32; 3]); 30] = [
    (Scheme::Two, "AV:A/AC:M/Au:N/C:P/I:N/A:N/E:POC/RL:TF/RC:UR/CDP:N/TD:ND/CR:H/IR:L/AR:ND", [29, 22, 30]),
    (Scheme::Two, "AV:L/AC:M/Au:N/C:C/I:N/A:P/RL:OF/CDP:MH/AR:H", [54, 47, 70]),
    (Scheme::Two, "AV:A/AC:M/Au:N/C:C/I:C/A:P/E:ND/RL:TF/RC:UC/CDP:L/TD:L/CR:ND/IR:L/AR:H", [76, 62, 16]),
    (Scheme::Two, "AV:N/AC:H/Au:S/C:N/I:P/A:N/E:F/RL:TF/CDP:LM/IR:H/AR:M", [21, 18, 49]),
    (Scheme::Two, "AV:L/AC:L/Au:S/C:P/I:P/A:N/E:ND/RL:U/RC:UC/CDP:N/TD:M/CR:M/IR:H/AR:H", [32, 29, 26]),
    (Scheme::Two, "AV:A/AC:L/Au:M/C:P/I:C/A:N/RL:U/CDP:N/TD:H/CR:M", [57, 57, 57]),
    (
        Scheme::ThreeZero,
        "CVSS:3.0/AV:P/AC:L/PR:N/UI:N/S:C/C:L/I:L/A:H/E:U/RL:U/RC:C/CR:X/IR:H/AR:L/MAV:L/MAC:L/MPR:N/MUI:R/MS:X/MC:N/MI:N/MA:X",
        [67, 61, 38],
    ),
    (
        Scheme::ThreeZero,
        "CVSS:3.0/AV:P/AC:H/PR:L/UI:N/S:C/C:H/I:H/A:H/E:P/RL:U/RC:U/CR:M/IR:H/AR:X/MAV:N/MAC:X/MPR:N/MUI:X/MS:X/MC:L/MI:N/MA:X",
        [70, 61, 65],
    ),
    (
        Scheme::ThreeZero,
        "CVSS:3.0/AV:P/AC:H/PR:N/UI:R/S:C/C:N/I:H/A:H/E:P/RL:T/RC:R/CR:H/IR:H/AR:M/MAV:N/MAC:X/MPR:X/MUI:R/MS:U/MC:N/MI:X/MA:H",
        [67, 59, 65],
    ),
    (
        Scheme::ThreeZero,
        "CVSS:3.0/AV:P/AC:H/PR:H/UI:R/S:C/C:N/I:H/A:H/E:U/RL:W/RC:C/MAV:P/MUI:X/MS:U/MC:N",
        [65, 58, 47],
    ),
    (
        Scheme::ThreeZero,
        "CVSS:3.0/AV:N/AC:H/PR:N/UI:R/S:C/C:L/I:H/A:N/E:X/RL:W/RC:X/CR:X/IR:L/AR:H/MAV:X/MAC:H/MPR:H/MUI:X/MS:C/MC:X/MI:N/MA:H",
        [69, 67, 74],
    ),
    (
        Scheme::ThreeZero,
        "CVSS:3.0/AV:L/AC:L/PR:N/UI:N/S:U/C:N/I:H/A:N/E:F/RL:T/RC:U/CR:L/IR:M/AR:M/MAV:A/MAC:X/MPR:H/MUI:X/MS:U/MC:L/MI:N/MA:X",
        [62, 54, 15],
    ),
    (
        Scheme::ThreeOne,
        "CVSS:3.1/AV:P/AC:L/PR:N/UI:R/S:U/C:N/I:N/A:H/E:F/RL:T/RC:U/CR:M/IR:L/AR:X/MAV:N/MAC:X/MPR:H/MUI:N/MS:C/MC:L/MI:N/MA:L",
        [43, 37, 48],
    ),
    (
        Scheme::ThreeOne,
        "CVSS:3.1/AV:N/AC:H/PR:H/UI:R/S:C/C:L/I:H/A:N/E:U/RL:U/RC:C/CR:L/IR:H/AR:L/MAV:X/MAC:L/MPR:N/MUI:N/MS:U/MC:L/MI:X/MA:H",
        [62, 57, 89],
    ),
    (
        Scheme::ThreeOne,
        "CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:C/C:L/I:H/A:L/E:X/RL:X/RC:C/CR:X/IR:M/AR:L/MAV:A/MAC:X/MPR:N/MUI:X/MS:X/MC:L/MI:H/MA:H",
        [79, 79, 89],
    ),
    (
        Scheme::ThreeOne,
        "CVSS:3.1/AV:A/AC:L/PR:L/UI:N/S:C/C:L/I:L/A:H/E:X/RL:W/RC:X/CR:L/IR:M/AR:M/MAV:N/MAC:L/MPR:L/MUI:R/MS:X/MC:L/MI:H/MA:N",
        [82, 80, 70],
    ),
    (
        Scheme::ThreeOne,
        "CVSS:3.1/AV:L/AC:H/PR:L/UI:N/S:C/C:H/I:H/A:H/E:P/RL:T/RC:U/CR:H/IR:H/AR:M/MAV:N/MAC:L/MPR:H/MUI:R/MS:X/MC:H/MI:X/MA:N",
        [78, 65, 71],
    ),
    (
        Scheme::ThreeOne,
        "CVSS:3.1/AV:L/AC:H/PR:L/UI:R/S:C/C:L/I:H/A:H/E:H/RL:O/RC:X/CR:H/AR:X/MPR:H/MS:C/MI:L/MA:X",
        [74, 71, 64],
    ),
    (Scheme::Four, "CVSS:4.0/AV:L/AC:H/AT:N/PR:H/UI:P/VC:H/VI:N/VA:H/SC:L/SI:L/SA:N", [44, 44, 44]),
    (Scheme::Four, "CVSS:4.0/AV:A/AC:H/AT:P/PR:N/UI:P/VC:H/VI:H/VA:L/SC:H/SI:H/SA:N", [87, 87, 87]),
    (Scheme::Four, "CVSS:4.0/AV:N/AC:L/AT:P/PR:L/UI:N/VC:L/VI:H/VA:L/SC:N/SI:L/SA:N", [61, 61, 61]),
    (Scheme::Four, "CVSS:4.0/AV:P/AC:H/AT:N/PR:L/UI:A/VC:N/VI:N/VA:N/SC:L/SI:H/SA:N", [20, 20, 20]),
    (Scheme::Four, "CVSS:4.0/AV:A/AC:L/AT:P/PR:H/UI:P/VC:H/VI:H/VA:N/SC:H/SI:N/SA:H", [69, 69, 69]),
    (
        Scheme::Four,
        "CVSS:4.0/AV:P/AC:H/AT:N/PR:H/UI:P/VC:N/VI:N/VA:L/SC:H/SI:L/SA:L/E:A/CR:L/IR:L/MAT:P/MPR:H",
        [21, 21, 21],
    ),
    (
        Scheme::Four,
        "CVSS:4.0/AV:P/AC:L/AT:P/PR:H/UI:A/VC:H/VI:L/VA:H/SC:H/SI:N/SA:H/IR:H/MAT:N/MVI:N/MSC:X/AU:X/RE:L",
        [70, 70, 70],
    ),
    (
        Scheme::Four,
        "CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:P/VC:L/VI:N/VA:H/SC:N/SI:H/SA:H/MAV:P/MAC:H/MPR:X/MVC:X/MSA:S/S:X/R:U/V:D",
        [71, 71, 71],
    ),
    (
        Scheme::Four,
        "CVSS:4.0/AV:L/AC:L/AT:P/PR:N/UI:A/VC:N/VI:N/VA:H/SC:L/SI:N/SA:H/E:U/CR:M/IR:M/AR:X/MAV:A/MAT:X/MPR:N/MVA:N/AU:Y/R:U/RE:L/U:Amber",
        [10, 10, 10],
    ),
    (
        Scheme::Four,
        "CVSS:4.0/AV:P/AC:H/AT:P/PR:H/UI:P/VC:N/VI:N/VA:L/SC:H/SI:H/SA:H/CR:H/IR:X/AR:H/MAV:P/MAC:H/MAT:X/MPR:N/MUI:X/MVC:H/MVI:L/MSI:L/MSA:L/AU:N/R:I/U:Red",
        [59, 59, 59],
    ),
    (
        Scheme::Four,
        "CVSS:4.0/AV:L/AC:H/AT:N/PR:N/UI:N/VC:H/VI:H/VA:N/SC:H/SI:L/SA:H/CR:X/IR:H/MAV:A/MAC:L/MAT:N/MPR:N/MVC:X/MVI:N/MVA:H/MSC:N/MSI:X/MSA:S/R:A/V:D/RE:H/U:Amber",
        [93, 93, 93],
    ),
    (
        Scheme::Four,
        "CVSS:4.0/AV:P/AC:H/AT:N/PR:L/UI:N/VC:N/VI:N/VA:H/SC:H/SI:L/SA:N/E:P/CR:L/IR:X/AR:L/MAV:A/MAT:N/MPR:H/MUI:A/MVC:H/MVA:X/MSC:H/MSI:H/MSA:L/S:X/R:I/V:C/RE:M/U:Green",
        [17, 17, 17],
    ),
];
