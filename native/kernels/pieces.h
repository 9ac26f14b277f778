// Piecewise polynomials for activations that are given as functions. src/core/networks/pieces samples them.
#ifndef BASIN_KERNELS_PIECES_H_
#define BASIN_KERNELS_PIECES_H_

#include <cstddef>
#include <cstdint>
#include <vector>

namespace basin {

// A function with its first two derivatives.
inline constexpr size_t kPieceFunctions = 3;
// Length of a row: the origin of its polynomial, six coefficients in ascending powers, and one number that is not read.
inline constexpr size_t kPieceRow = 8;
inline constexpr size_t kPieceCoefficients = 6;
inline constexpr size_t kMostPieceSteps = 10;    // log2
inline constexpr size_t kMostPieceOctaves = 20;
inline constexpr size_t kMostPieceKinks = 64;

template <class T>
using PieceRows = std::vector<T>;

struct Pieces {
  double low;  // outside [low, high] the functions are NaN
  double high;
  size_t stepBits;  // log2 of the number of pieces per doubling of |z| + 1
  size_t octaves;
  std::vector<double> kinks;  // ascending; a kink belongs to the interval on its left
  // for each function (kinks + 1, 2, octaves, 2^stepBits, kPieceRow); negative z have index 1 of the 2
  PieceRows<double> rows[kPieceFunctions];
  PieceRows<float> singleRows[kPieceFunctions];

  size_t side() const { return octaves << stepBits; }
  size_t rowCount() const { return (kinks.size() + 1) * 2 * side(); }
};

// outputs[f][i] = function f at z[i], for the first `functions` functions. `count`, the number of points, is a multiple
// of kMaxLanes. An output may occupy the memory of z.
template <class T>
void RunPieces(const Pieces& pieces, size_t functions, size_t count, const T* z, T* const* outputs);

}  // namespace basin

#endif  // BASIN_KERNELS_PIECES_H_
