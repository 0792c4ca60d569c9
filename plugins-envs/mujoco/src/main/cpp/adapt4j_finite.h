// Goes through all arrays of a model, whatever MuJoCo's version has. Not for JavaCPP, which does not read such macros.
#ifndef ADAPT4J_FINITE_H_
#define ADAPT4J_FINITE_H_

#include <mujoco/mjxmacro.h>
#include <mujoco/mujoco.h>

#include <cmath>
#include <cstddef>

static inline bool a4j_finite(const mjtNum* numbers, size_t count) {
  for (size_t i = 0; i < count; i++) {
    if (!std::isfinite(numbers[i])) {
      return false;
    }
  }
  return true;
}

// Indices and pictures.
static inline bool a4j_finite(const void*, size_t) { return true; }

static inline const char* a4j_findNotFinite(const mjModel* m) {
  MJMODEL_POINTERS_PREAMBLE(m)
#define X(type, name, rows, columns)                               \
  if (!a4j_finite(m->name, (size_t)m->rows * (size_t)(columns))) { \
    return #name;                                                  \
  }
  MJMODEL_POINTERS
#undef X
  return std::isfinite(m->opt.timestep) && a4j_finite(m->opt.gravity, 3) && a4j_finite(m->opt.wind, 3) &&
                 a4j_finite(m->opt.magnetic, 3) && std::isfinite(m->opt.density) && std::isfinite(m->opt.viscosity)
             ? nullptr
             : "option";
}

#endif  // ADAPT4J_FINITE_H_
