/**
 * SD_n = sqrt((1/L) Σ_l ‖w_l − w̄‖²), the spread of the L outcomes on one training set; w̄ is their mean and the sum is
 * divided by L, not L − 1 (fu2018, Section 6, after Mei, Bai and Montanari).
 * @param weights (L, D): the final weights of L starts
 */
export function standardDeviationOfRuns(weights: Float64Array, starts: number): number {
  const size = weights.length / starts;
  let total = 0;
  for (let j = 0; j < size; j++) {
    let mean = 0;
    for (let l = 0; l < starts; l++) mean += weights[l * size + j] / starts;
    for (let l = 0; l < starts; l++) total += (weights[l * size + j] - mean) ** 2;
  }
  return Math.sqrt(total / starts);
}
