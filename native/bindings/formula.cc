// The registry of formulas. Each formula has a number for the lifetime of the process; equal programs have the same
// number.
#include "bindings/formula.h"

#include <deque>
#include <mutex>

#include "bindings/bindings.h"
#include "args.h"

namespace basin {
namespace {

constexpr size_t kInstructionLength = 6;

struct Known {
  std::mutex mutex;
  std::deque<Formula> formulas;  // pointers to its elements stay valid
};
Known& AllKnown() {
  static Known known;
  return known;
}

bool operator==(const FormulaInstruction& a, const FormulaInstruction& b) {
  return a.operation == b.operation && a.first == b.first && a.second == b.second &&
         std::equal(a.operands, a.operands + 3, b.operands);
}
bool Same(const FormulaProgram& a, const FormulaProgram& b) {
  return a.variables == b.variables && a.constants == b.constants && a.outputs == b.outputs &&
         std::equal(a.code.begin(), a.code.end(), b.code.begin(), b.code.end(),
                    [](const auto& x, const auto& y) { return x == y; });
}

int32_t Index(Arguments& args, int32_t value, int32_t from, size_t limit) {
  if (value >= from && value < static_cast<int32_t>(limit)) return value;
  args.Refuse("code", "a program of its registers", Napi::Number::New(args.env(), value));
}

// Checks a program as far as memory safety needs: running it touches only its registers.
FormulaProgram ReadProgram(Arguments& args, size_t outputs) {
  FormulaProgram program = {};
  program.variables = args.Integer("variables", kMostFormulaVariables);
  const std::span<double> constants = args.WholeArray<double>("constants");
  program.constants.assign(constants.begin(), constants.end());
  program.registers = args.Integer("registers", kMostFormulaRegisters);
  if (program.variables + program.constants.size() > program.registers) {
    args.Refuse("constants", "as many as there are registers", Napi::Number::New(args.env(), static_cast<double>(constants.size())));
  }
  const std::span<int32_t> code = args.WholeArray<int32_t>("code");
  for (size_t i = 0; i + kInstructionLength <= code.size(); i += kInstructionLength) {
    const int32_t* const word = code.data() + i;
    const auto operation = static_cast<FormulaOperator>(Index(args, word[0], 0, std::size(kFormulaOperands)));
    const auto place = [&](int32_t value, bool needed) { return Index(args, value, needed ? 0 : -1, program.registers); };
    const int operands = kFormulaOperands[word[0]];
    program.code.push_back({operation, place(word[1], true), place(word[2], false),
                            {place(word[3], true), place(word[4], operands > 1), place(word[5], operands > 2)}});
  }
  for (const int32_t output : args.Array<int32_t>("outputs", outputs)) {
    program.outputs.push_back(Index(args, output, 0, program.registers));
  }
  return program;
}

// Checks pieces as far as memory safety needs: no index lies outside the rows.
Pieces ReadPieces(Arguments& args) {
  Pieces pieces = {};
  pieces.stepBits = args.Integer("stepBits", kMostPieceSteps);
  pieces.octaves = args.Integer("octaves", kMostPieceOctaves);
  const double farthest = static_cast<double>((size_t{1} << pieces.octaves) - 1);
  const auto within = [&](const char* name) {
    const double bound = args.Number(name);
    if (bound > -farthest && bound < farthest) return bound;
    args.Refuse(name, "on a piece", Napi::Number::New(args.env(), bound));
  };
  pieces.low = within("low");
  pieces.high = within("high");
  const std::span<double> kinks = args.WholeArray<double>("kinks");
  if (kinks.size() > kMostPieceKinks) args.Refuse("kinks", "few", Napi::Number::New(args.env(), static_cast<double>(kinks.size())));
  pieces.kinks.assign(kinks.begin(), kinks.end());
  for (size_t f = 0; f < kPieceFunctions; ++f) {
    const std::span<double> rows = args.Doubles("rows", pieces.rowCount() * kPieceRow);
    pieces.rows[f].assign(rows.begin(), rows.end());
    pieces.singleRows[f].assign(rows.begin(), rows.end());
  }
  return pieces;
}

bool Same(const Pieces& a, const Pieces& b) {
  return a.low == b.low && a.high == b.high && a.stepBits == b.stepBits && a.kinks == b.kinks &&
         std::equal(a.rows, a.rows + kPieceFunctions, b.rows);
}

bool Same(const Formula& a, const Formula& b) {
  if (a.pieces || b.pieces) return a.pieces && b.pieces && Same(*a.pieces, *b.pieces);
  return Same(a.slopes, b.slopes) && Same(a.curvatures, b.curvatures);
}

// The number of the formula; a new formula is registered.
double NumberOf(Formula formula) {
  Known& known = AllKnown();
  const std::lock_guard lock(known.mutex);
  size_t number = 0;
  while (number < known.formulas.size() && !Same(known.formulas[number], formula)) ++number;
  if (number == known.formulas.size()) known.formulas.push_back(std::move(formula));
  return static_cast<double>(number);
}
}  // namespace

Napi::Value DefineFormula(const Napi::CallbackInfo& info) {
  Arguments args(info);
  FormulaProgram slopes = ReadProgram(args, 2);
  FormulaProgram curvatures = ReadProgram(args, 3);
  return Napi::Number::New(args.env(), NumberOf({std::move(slopes), std::move(curvatures), {}}));
}

Napi::Value DefinePieces(const Napi::CallbackInfo& info) {
  Arguments args(info);
  return Napi::Number::New(args.env(), NumberOf({{}, {}, ReadPieces(args)}));
}

const Formula& KnownFormula(Arguments& args, uint64_t number) {
  Known& known = AllKnown();
  const std::lock_guard lock(known.mutex);
  if (number < known.formulas.size()) return known.formulas[number];
  args.Refuse("formula", "the number of one that was defined", Napi::Number::New(args.env(), static_cast<double>(number)));
}

}  // namespace basin
