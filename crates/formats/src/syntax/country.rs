//! Countries.

/// The codes of ISO 3166-1, and XZ, under which UN/LOCODE lists what lies in international waters.
const COUNTRIES: &str = "\
ADAEAFAGAIALAMAOAQARASATAUAWAXAZBABBBDBEBFBGBHBIBJBLBMBNBOBQBRBSBTBVBWBYBZCACCCDCFCGCHCICKCLCMCNCOCRCUCV\
CWCXCYCZDEDJDKDMDODZECEEEGEHERESETFIFJFKFMFOFRGAGBGDGEGFGGGHGIGLGMGNGPGQGRGSGTGUGWGYHKHMHNHRHTHUIDIEILIM\
INIOIQIRISITJEJMJOJPKEKGKHKIKMKNKPKRKWKYKZLALBLCLILKLRLSLTLULVLYMAMCMDMEMFMGMHMKMLMMMNMOMPMQMRMSMTMUMVMW\
MXMYMZNANCNENFNGNINLNONPNRNUNZOMPAPEPFPGPHPKPLPMPNPRPSPTPWPYQAREROR\
SRURWSASBSCSDSESGSHSISJSKSLSMSNSOSRSSSTSVSXSYSZTCTDTFTGTHTJTKTLTMTNTOTRTTTVTWTZUAUGUMUSUYUZVAVCVEVGVIVNVU\
WFWSXZYEYTZAZMZW";

/// Whether UN/LOCODE has places in a country of this code.
pub fn is_located_country(code: &[u8]) -> bool {
    COUNTRIES.as_bytes().chunks(2).any(|known| known == code)
}

/// Whether ISO 3166-1 has a country of this code of two capital letters.
pub fn is_country(code: &str) -> bool {
    code.len() == 2 && code != "XZ" && is_located_country(code.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_250_countries() {
        let mut all: Vec<&[u8]> = COUNTRIES.as_bytes().chunks(2).collect();
        assert_eq!(all.len(), 250, "249 of ISO 3166-1 and XZ");
        assert!(all.is_sorted());
        all.dedup();
        assert_eq!(all.len(), 250);
    }

    #[test]
    fn codes_are_known() {
        assert!(is_country("FR") && !is_country("fr") && !is_country("XZ") && !is_country("ADAE"));
    }
}
