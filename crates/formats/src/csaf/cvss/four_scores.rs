//! The score of each macro vector of CVSS 4.0, in tenths (FIRST, CVSS 4.0 specification, 8).

/// There is no such macro vector.
pub const NONE: u32 = u32::MAX;

/// The score of the macro vector with these levels of the six equivalence classes.
pub fn score([one, two, three, four, five, six]: [usize; 6]) -> Option<u32> {
    let is_possible = one < 3 && two < 2 && three < 3 && four < 3 && five < 3 && six < 2;
    let row = ((one * 2 + two) * 3 + three) * 3 + four;
    let score = *SCORES.get(row)?.get(five * 2 + six)?;
    (is_possible && score != NONE).then_some(score)
}

/// Rows: levels of the classes one to four; columns: of five and six.
static SCORES: [[u32; 6]; 54] = [
    [100, 99, 98, 95, 95, 92],
    [100, 96, 93, 87, 91, 81],
    [93, 90, 89, 80, 81, 68],
    [98, 95, 95, 92, 90, 84],
    [93, 92, 89, 81, 81, 65],
    [88, 80, 78, 70, 69, 48],
    [NONE, 92, NONE, 82, NONE, 72],
    [NONE, 79, NONE, 69, NONE, 50],
    [NONE, 69, NONE, 55, NONE, 27],
    [99, 97, 95, 92, 92, 85],
    [95, 91, 90, 83, 84, 71],
    [92, 81, 82, 71, 72, 53],
    [95, 93, 92, 85, 85, 73],
    [92, 82, 80, 72, 70, 59],
    [84, 70, 71, 52, 50, 30],
    [NONE, 86, NONE, 75, NONE, 52],
    [NONE, 71, NONE, 52, NONE, 29],
    [NONE, 63, NONE, 29, NONE, 17],
    [98, 95, 94, 87, 91, 81],
    [94, 89, 86, 74, 77, 64],
    [87, 75, 74, 63, 63, 49],
    [94, 89, 88, 77, 76, 67],
    [86, 76, 74, 58, 59, 50],
    [72, 57, 57, 52, 52, 25],
    [NONE, 83, NONE, 70, NONE, 54],
    [NONE, 65, NONE, 58, NONE, 26],
    [NONE, 53, NONE, 21, NONE, 13],
    [95, 90, 88, 76, 76, 70],
    [90, 77, 75, 62, 61, 53],
    [77, 66, 68, 59, 52, 30],
    [89, 78, 76, 67, 62, 58],
    [74, 59, 57, 57, 47, 23],
    [61, 52, 57, 29, 24, 16],
    [NONE, 71, NONE, 59, NONE, 30],
    [NONE, 58, NONE, 26, NONE, 15],
    [NONE, 23, NONE, 13, NONE, 6],
    [93, 87, 86, 72, 75, 58],
    [86, 74, 74, 61, 56, 34],
    [70, 54, 52, 40, 40, 22],
    [85, 75, 74, 55, 62, 51],
    [72, 57, 55, 41, 46, 19],
    [53, 36, 34, 19, 19, 8],
    [NONE, 64, NONE, 51, NONE, 20],
    [NONE, 47, NONE, 21, NONE, 11],
    [NONE, 24, NONE, 9, NONE, 4],
    [88, 75, 73, 53, 60, 50],
    [73, 55, 59, 40, 41, 20],
    [54, 43, 45, 22, 20, 11],
    [75, 55, 58, 45, 40, 21],
    [61, 51, 48, 18, 20, 9],
    [46, 18, 17, 7, 8, 2],
    [NONE, 53, NONE, 24, NONE, 14],
    [NONE, 24, NONE, 12, NONE, 5],
    [NONE, 10, NONE, 3, NONE, 1],
];
