// Functions as polynomials on pieces, sampled by src/core/networks/pieces: an activation that is given as functions.
#ifndef BASIN_KERNELS_PIECES_H_
#define BASIN_KERNELS_PIECES_H_

#include <cstddef>
#include <cstdint>
#include <vector>

namespace basin {

// A function with its first two derivatives.
inline constexpr size_t kPieceFunctions = 3;
// Numbers of a row: the origin of its polynomial, six coefficients of ascending powers, and one that is not read.
inline constexpr size_t kPieceRow = 8;
inline constexpr size_t kPieceCoefficients = 6;
inline constexpr size_t kMostPieceSteps = 10;    // log2
inline constexpr size_t kMostPieceOctaves = 20;
inline constexpr size_t kMostPieceKinks = 64;

template <class T>
using PieceRows = std::vector<T>;

struct Pieces {
  double low;  // beyond low and high the functions are NaN
  double high;
  size_t stepBits;  // log2 of the pieces for each doubling of |z| + 1
  size_t octaves;
  std::vector<double> kinks;  // ascending; a kink belongs to what is left of it
  // of each function (kinks + 1, 2, octaves, 2^stepBits, kPieceRow): negative z come second
  PieceRows<double> rows[kPieceFunctions];
  PieceRows<float> singleRows[kPieceFunctions];

  size_t side() const { return octaves << stepBits; }
  size_t rowCount() const { return (kinks.size() + 1) * 2 * side(); }
};

// outputs[f][i] = the f-th of the first `functions` at z[i]: count points, a multiple of kMaxLanes. An output may stand where z stands.
template <class T>
void RunPieces(const Pieces& pieces, size_t functions, size_t count, const T* z, T* const* outputs);

}  // namespace basin

#endif  // BASIN_KERNELS_PIECES_H_
