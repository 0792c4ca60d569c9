// What SteppingSpeedTest compares with: the same model, the same actions, the same episodes, in C and nothing else.
//
//   c_loop MODEL.xml FRAME_SKIP EPISODES STEPS CONTROL_COST FASTEST < actions (STEPS * nu doubles)
//
// Prints the seconds of processor time it took, and the sum of rewards, so that both can be seen to have done the same.
#include <mujoco/mujoco.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <vector>

// Of processor time, so that other programs on the machine disturb little.
static double seconds() {
  timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return now.tv_sec + 1e-9 * now.tv_nsec;
}

int main(int argc, char** argv) {
  char error[1000] = "";
  mjModel* m = mj_loadXML(argv[1], nullptr, error, sizeof error);
  if (!m || argc != 7) {
    std::fprintf(stderr, "%s\n", error);
    return 1;
  }
  const int skip = std::atoi(argv[2]), episodes = std::atoi(argv[3]), steps = std::atoi(argv[4]);
  const double cost = std::atof(argv[5]), fastest = std::atof(argv[6]);
  std::vector<double> actions(static_cast<size_t>(steps) * m->nu);
  if (std::fread(actions.data(), sizeof(double), actions.size(), stdin) != actions.size()) {
    return 1;
  }
  mjData* d = mj_makeData(m);
  std::vector<float> seen(m->nq - 1 + m->nv);
  double rewards = 0;
  const double begin = seconds();
  for (int e = 0; e < episodes; e++) {
    mj_resetData(m, d);
    mj_forward(m, d);
    for (int t = 0; t < steps; t++) {
      double squares = 0;
      for (int i = 0; i < m->nu; i++) {
        d->ctrl[i] = actions[static_cast<size_t>(t) * m->nu + i];
        squares += d->ctrl[i] * d->ctrl[i];
      }
      const double before = d->qpos[0];
      for (int k = 0; k < skip; k++) {
        mj_step(m, d);
      }
      rewards += (d->qpos[0] - before) / (m->opt.timestep * skip) - cost * squares;
      for (int i = 1; i < m->nq; i++) {
        seen[i - 1] = static_cast<float>(d->qpos[i]);
      }
      for (int i = 0; i < m->nv; i++) {
        seen[m->nq - 1 + i] = static_cast<float>(std::clamp(d->qvel[i], -fastest, fastest));
      }
    }
  }
  std::printf("%.9f %.6f %g\n", seconds() - begin, rewards, seen[0]);
  mj_deleteData(d);
  mj_deleteModel(m);
}
