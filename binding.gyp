{
  "targets": [
    {
      "target_name": "basin",
      "sources": [
        "native/addon.cc",
        "native/blas_core.cc",
        "native/runtime.cc",
        "native/bindings/descent.cc",
        "native/bindings/formula.cc",
        "native/bindings/info.cc",
        "native/bindings/landscape.cc",
        "native/bindings/linear_algebra.cc",
        "native/bindings/online.cc",
        "native/bindings/population.cc",
        "native/bindings/problem.cc",
        "native/bindings/random.cc",
        "native/bindings/score.cc",
        "native/bindings/updates.cc",
        "native/kernels/backtracking.cc",
        "native/kernels/curvature.cc",
        "native/kernels/descent.cc",
        "native/kernels/formula.cc",
        "native/kernels/pieces.cc",
        "native/kernels/landscape.cc",
        "native/kernels/landscape_moments.cc",
        "native/kernels/linear_algebra.cc",
        "native/kernels/local_moments.cc",
        "native/kernels/method.cc",
        "native/kernels/online.cc",
        "native/kernels/outputs.cc",
        "native/kernels/packing.cc",
        "native/kernels/philox.cc",
        "native/kernels/population.cc",
        "native/kernels/risk.cc",
        "native/kernels/single.cc",
        "native/kernels/updates.cc",
        "native/kernels/vector_target.cc"
      ],
      "include_dirs": ["native"],
      "defines": [
        "NAPI_VERSION=8",
        "NAPI_CPP_EXCEPTIONS",
        # A thread that is terminated while a call runs cannot take an exception any more: without this the process aborts.
        "NODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS",
        "BASIN_VERSION=\"<!(node -p \"require('./package.json').version\")\""
      ],
      "cflags!": ["-fno-exceptions"],
      "cflags_cc!": ["-fno-exceptions", "-std=gnu++17", "-std=gnu++20"],
      "cflags_cc": [
        "-std=c++20", "-O3", "-Wall", "-Wextra", "-Werror", "-ffp-contract=off", "-fvisibility=hidden",
        "-isystem", "<!(node -p \"require('path').resolve(require('node-addon-api').include_dir)\")",
        "<!@(pkg-config --cflags openblas libhwy | sed 's/-I *\\//-isystem \\//g')"
      ],
      "libraries": ["<!@(pkg-config --libs openblas libhwy)"],
      "conditions": [
        # Highway's functions for NEON may use the extension crypto; constructors that the compiler writes must, too.
        ["target_arch=='arm64' and OS=='linux'", { "cflags_cc": ["-march=armv8-a+crypto"] }],
        ["OS=='mac'", {
          "xcode_settings": {
            "CLANG_CXX_LANGUAGE_STANDARD": "c++20",
            "GCC_ENABLE_CPP_EXCEPTIONS": "YES",
            "GCC_OPTIMIZATION_LEVEL": "3",
            "OTHER_CPLUSPLUSFLAGS": [
              "-Wall", "-Wextra", "-Werror", "-ffp-contract=off",
              "-isystem", "<!(node -p \"require('path').resolve(require('node-addon-api').include_dir)\")",
              "<!@(pkg-config --cflags openblas libhwy | sed 's/-I *\\//-isystem \\//g')"
            ]
          }
        }]
      ]
    }
  ]
}
