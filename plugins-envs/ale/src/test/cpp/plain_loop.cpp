// What a plain C++ loop over the same library does: frame skip 4, brighter of the last two frames, area mean to 84 by 84, stack of 4.
// AleSpeed compiles it (the library has no headers on Maven Central, hence the declarations) and compares speed and screens:
//
//   plain_loop speed GAME.bin SECONDS           steps per second of processor time, random actions
//   plain_loop trace GAME.bin NO_OPS < ACTIONS  a line per step: reward, whether the game is over, a checksum of the stack
//
// g++ -O3 -std=c++17 -D_GLIBCXX_USE_CXX11_ABI=0 plain_loop.cpp libale.so libSDL2-2.0.so.0

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <random>
#include <string>
#include <vector>

namespace ale {
enum Action : int {};
struct Logger {
  enum mode { Info, Warning, Error };
  static void setMode(mode level);
};
class ALEInterface {
 public:
  ALEInterface();
  ~ALEInterface();
  void setInt(const std::string& key, int value);
  void setFloat(const std::string& key, float value);
  void loadROM(std::filesystem::path file);
  int act(Action action);
  bool game_over() const;
  void reset_game();
  std::vector<Action> getMinimalActionSet();
  void getScreenGrayscale(std::vector<unsigned char>& into);

 private:
  alignas(16) char state_[256];  // more than it has
};
}  // namespace ale

namespace {

constexpr int kWidth = 160, kHeight = 210, kSide = 84, kStack = 4, kSkip = 4;
using Grey = std::vector<unsigned char>;

struct Weights {
  int first;
  std::vector<int> parts;
};

std::vector<Weights> area(int size, int cover, int unit) {
  std::vector<Weights> all(kSide);
  for (int o = 0; o < kSide; ++o) {
    int begin = o * cover, end = begin + cover;
    all[o].first = begin / unit;
    for (int s = begin / unit; s * unit < end && s < size; ++s)
      all[o].parts.push_back(std::min(end, (s + 1) * unit) - std::max(begin, s * unit));
  }
  return all;
}

class Player {
 public:
  explicit Player(const char* rom) : rows_(area(kHeight, 5, 2)), columns_(area(kWidth, 40, 21)) {
    ale_.setInt("random_seed", 1);
    ale_.setFloat("repeat_action_probability", 0);
    ale_.loadROM(rom);
    actions_ = ale_.getMinimalActionSet();
  }

  void reset(int noOps) {
    ale_.reset_game();
    for (int i = 0; i < noOps; ++i) ale_.act(ale::Action(0));
    std::memset(stack_, 0, sizeof stack_);
    ale_.getScreenGrayscale(last_);
    observe(false);
  }

  int step(int action) {
    int reward = 0;
    bool two = false;
    for (int i = 0; i < kSkip; ++i) {
      if (i == kSkip - 1) {
        ale_.getScreenGrayscale(before_);
        two = true;
      }
      reward += ale_.act(actions_[action]);
      if (ale_.game_over()) break;
    }
    ale_.getScreenGrayscale(last_);
    observe(two);
    return reward;
  }

  bool over() const { return ale_.game_over(); }
  int actions() const { return static_cast<int>(actions_.size()); }
  const unsigned char* stack() const { return stack_; }

 private:
  void observe(bool two) {
    if (two)
      for (size_t i = 0; i < last_.size(); ++i) last_[i] = std::max(last_[i], before_[i]);
    std::memmove(stack_, stack_ + kSide * kSide, (kStack - 1) * kSide * kSide);
    unsigned char* out = stack_ + (kStack - 1) * kSide * kSide;
    int sums[kWidth];
    for (const Weights& row : rows_) {
      std::memset(sums, 0, sizeof sums);
      for (size_t k = 0; k < row.parts.size(); ++k) {
        const unsigned char* line = &last_[(row.first + k) * kWidth];
        for (int x = 0; x < kWidth; ++x) sums[x] += row.parts[k] * line[x];
      }
      for (const Weights& column : columns_) {
        int sum = 100;
        for (size_t k = 0; k < column.parts.size(); ++k) sum += column.parts[k] * sums[column.first + k];
        *out++ = static_cast<unsigned char>(sum / 200);
      }
    }
  }

  ale::ALEInterface ale_;
  std::vector<ale::Action> actions_;
  std::vector<Weights> rows_, columns_;
  Grey last_, before_;
  unsigned char stack_[kStack * kSide * kSide];
};

double seconds() {
  timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return now.tv_sec + now.tv_nsec * 1e-9;
}

uint32_t checksum(const unsigned char* bytes, int count) {  // FNV-1a
  uint32_t hash = 2166136261u;
  for (int i = 0; i < count; ++i) hash = (hash ^ bytes[i]) * 16777619u;
  return hash;
}

}  // namespace

int main(int count, char** given) {
  if (count < 4) return 2;
  ale::Logger::setMode(ale::Logger::Error);
  Player player(given[2]);
  if (std::string(given[1]) == "speed") {
    std::mt19937 random(1);
    player.reset(0);
    double wanted = std::atof(given[3]), begin = seconds(), now = begin;
    long steps = 0;
    for (; now - begin < wanted; now = seconds())
      for (int i = 0; i < 64; ++i, ++steps) {
        player.step(random() % player.actions());
        if (player.over()) player.reset(random() % 30);
      }
    std::printf("%.1f\n", steps / (now - begin));
    return 0;
  }
  player.reset(std::atoi(given[3]));
  std::printf("0 0 %u\n", checksum(player.stack(), kStack * kSide * kSide));
  for (int action; std::scanf("%d", &action) == 1 && !player.over();) {
    int reward = player.step(action);
    std::printf("%d %d %u\n", reward, player.over() ? 1 : 0, checksum(player.stack(), kStack * kSide * kSide));
  }
  return 0;
}
