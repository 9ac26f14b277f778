// Steps on fresh samples against plain loops, and their accesses to memory.
#include <cmath>

#include "check/check.h"
#include "kernels/online.h"

namespace basin::check {
namespace {

constexpr size_t kSteps = 3;

struct Network {
  std::vector<double> weights;
  std::vector<double> outputWeights;
};

double Dot(const double* w, const float* x, size_t length) {
  double sum = 0.0;
  for (size_t j = 0; j < length; ++j) sum += w[j] * static_cast<double>(x[j]);
  return sum;
}

// One step with squared loss and quadratic activation.
void PlainStep(const Online& online, Network& student, const std::vector<float>& numbers, double stepSize) {
  const size_t d = online.dimension;
  Network moved = student;
  for (size_t s = 0; s < online.batch; ++s) {
    const float* const x = numbers.data() + s * d;
    double residual = -online.noise * static_cast<double>(numbers[online.batch * d + s]);
    for (size_t j = 0; j < online.teacherRows; ++j) {
      residual -= online.teacherOutput[j] * std::pow(Dot(online.teacher + j * d, x, d), 2);
    }
    for (size_t i = 0; i < online.rows; ++i) residual += student.outputWeights[i] * std::pow(Dot(&student.weights[i * d], x, d), 2);
    const double share = stepSize * residual / static_cast<double>(online.batch);
    for (size_t i = 0; i < online.rows; ++i) {
      const double z = Dot(&student.weights[i * d], x, d);
      moved.outputWeights[i] -= share * z * z;
      for (size_t j = 0; j < d; ++j) moved.weights[i * d + j] -= share * student.outputWeights[i] * 2 * z * static_cast<double>(x[j]);
    }
  }
  student = moved;
}

void CheckCase(const std::string& name, Online online) {
  const size_t d = online.dimension;
  Guarded<double> teacher(online.teacherRows * d);
  Guarded<double> teacherOutput(online.teacherRows, 0.5);
  Guarded<double> weights(online.rows * d);
  Guarded<double> outputWeights(online.rows, 0.25);
  FillGaussian(teacher.span(), 1, 1.0 / std::sqrt(static_cast<double>(d)));
  FillGaussian(weights.span(), 2, 1.0 / std::sqrt(static_cast<double>(d)));
  online.teacher = teacher.data();
  online.teacherOutput = teacherOutput.data();
  Network plain = {{weights.data(), weights.data() + weights.size()}, {outputWeights.data(), outputWeights.data() + online.rows}};
  double stepSize = 0.1 / static_cast<double>(d);
  int32_t status = kRunning;
  int32_t iterations = 0;
  Descents state = {};
  state.starts = 1;
  state.weights = weights.data();
  state.outputWeights = outputWeights.data();
  state.trainOutput = true;
  state.stepSizes = &stepSize;
  state.status = &status;
  state.iterations = &iterations;
  const uint32_t sequence = 3;
  const Stream stream = {{1, 2}, 3, 4};
  const AlignedBytes scratch(OnlineWorkspaceBytes(online));
  DescendOnline(online, state, {stream, &sequence}, kSteps, nullptr, scratch.span());
  std::vector<float> numbers(online.batch * (d + 1));
  for (uint64_t t = 0; t < kSteps; ++t) {
    FillSingleNormals(stream, sequence * kSequenceBlocks + t * ((numbers.size() + 3) / 4), numbers);
    PlainStep(online, plain, numbers, stepSize);
  }
  double worst = 0.0;
  for (size_t i = 0; i < weights.size(); ++i) worst = std::max(worst, std::fabs(weights[i] - plain.weights[i]));
  for (size_t i = 0; i < online.rows; ++i) worst = std::max(worst, std::fabs(outputWeights[i] - plain.outputWeights[i]));
  Expect(worst < 1e-13 && iterations == kSteps, name + ": " + std::to_string(worst));
  Expect(weights.Intact() && outputWeights.Intact(), name + ": wrote before the output");
}

}  // namespace

void CheckOnline(const char* target) {
  for (const size_t dimension : {1, 2, 7, 8, 17, 64}) {
    for (const size_t rows : {1, 4, 9}) {
      for (const size_t batch : {1, 2, 5, 17}) {
        Online online = {};
        online.dimension = dimension;
        online.rows = rows;
        online.teacherRows = 3;
        online.batch = batch;
        online.activation = {ActivationKind::kQuadratic, {0, 0}};
        online.loss = Loss::kSquared;
        online.noise = 0.1;
        CheckCase(std::string(target) + " online d=" + std::to_string(dimension) + " rows=" + std::to_string(rows) +
                      " batch=" + std::to_string(batch), online);
      }
    }
  }
}

}  // namespace basin::check
