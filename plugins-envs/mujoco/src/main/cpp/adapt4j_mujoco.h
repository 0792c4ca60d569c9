// What the binding adds to MuJoCo's C API: errors that do not end the process, models from memory, several steps in one call.
#ifndef ADAPT4J_MUJOCO_H_
#define ADAPT4J_MUJOCO_H_

#include <mujoco/mujoco.h>

#include <cmath>
#include <cstdio>
#include <cstring>
#include <memory>
#include <stdexcept>

#include "adapt4j_finite.h"

// Hears MuJoCo's warnings.
typedef void (*a4jWarning)(const char* message);

// MuJoCo ends the process if this handler returns, so it must not: the exception unwinds MuJoCo's frames, which own nothing
// but their stack, and JavaCPP turns it into a Java exception.
static void a4j_throw(const char* message) { throw std::runtime_error(message); }

static inline void a4j_installHandlers(a4jWarning warning) {
  mju_user_error = a4j_throw;
  mju_user_warning = warning;
}

// The version of the headers that the binding was made from.
static inline int a4j_headerVersion() { return mjVERSION_HEADER; }

// Compiles a model from its text; returns NULL and writes to error if it cannot be.
static inline mjModel* a4j_parse(const char* name, const char* xml, int length, char* error, int error_size) {
  std::unique_ptr<mjVFS> files(new mjVFS);
  mj_defaultVFS(files.get());
#if mjVERSION_HEADER >= 310
  int added = mj_addBufferVFS(files.get(), name, xml, length);
#else
  int added = mj_makeEmptyFileVFS(files.get(), name, length);
  if (added == 0) {
    std::memcpy(files->filedata[mj_findFileVFS(files.get(), name)], xml, length);
  }
#endif
  mjModel* model = nullptr;
  if (added == 0) {
    model = mj_loadXML(name, files.get(), error, error_size);
  } else {
    std::snprintf(error, error_size, "no place for the model's text");
  }
  mj_deleteVFS(files.get());
  return model;
}

static inline bool a4j_usable(const mjtNum* numbers, int count) {
  for (int i = 0; i < count; i++) {
    if (!(std::fabs(numbers[i]) < mjMAXVAL)) {
      return false;
    }
  }
  return true;
}

// The first array of a model with a number that is not finite; NULL if there is none.
static inline const char* a4j_notFinite(const mjModel* m) { return a4j_findNotFinite(m); }

// Takes some steps; returns false if the simulation diverged, where MuJoCo resets the state.
static inline bool a4j_step(const mjModel* m, mjData* d, int steps) {
  for (int i = 0; i < steps; i++) {
    mj_step(m, d);
  }
  return d->warning[mjWARN_BADQPOS].number == 0 && d->warning[mjWARN_BADQVEL].number == 0 &&
         d->warning[mjWARN_BADQACC].number == 0 && a4j_usable(d->qpos, m->nq) && a4j_usable(d->qvel, m->nv);
}

#endif  // ADAPT4J_MUJOCO_H_
