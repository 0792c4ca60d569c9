/* A small library with the libenv interface, version 1, as openai/procgen has it: a line of cells with a goal. Like that library it ends the process where it is
 * asked for something wrong, and needs a stack of more than 1 MiB. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define API __attribute__((visibility("default")))
#define DEMAND(condition) \
    do { \
        if (!(condition)) { \
            fprintf(stderr, "stub: " #condition "\n"); \
            exit(1); \
        } \
    } while (0)

enum { SIDE = 64, BYTES = SIDE * SIDE * 3, TIME_OUT = 1000, STATE_WORDS = 8, END = 0x5AFE };

struct tensor {
    char name[128];
    int32_t scalar, dtype, shape[16], ndim, low, high;
};
struct option {
    char name[128];
    int32_t dtype, count;
    void *data;
};
struct options {
    struct option *items;
    int32_t count;
};
struct buffers {
    void **ob;
    float *rew;
    uint8_t *first;
    void **info;
    void **ac;
};
struct env {
    char game[32];
    int32_t level, interval, sequential, start, place, time, colour, buffered;
    struct buffers to;
};

static const char *GAMES[] = {"bigfish", "bossfight", "caveflyer", "chaser", "climber", "coinrun", "dodgeball", "fruitbot",
                              "heist", "jumper", "leaper", "maze", "miner", "ninja", "plunder", "starpilot"};
static const char *TRUTHS[] = {"center_agent", "use_backgrounds", "restrict_themes", "use_monochrome_assets",
                               "paint_vel_info", "use_sequential_levels", "render_human", "use_generated_assets"};
static const char *NUMBERS[] = {"num_levels", "start_level", "num_actions", "rand_seed", "num_threads", "distribution_mode", "debug_mode"};

static int among(const char *name, const char **names, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (strcmp(name, names[i]) == 0) {
            return 1;
        }
    }
    return 0;
}

#define COUNT(names) (sizeof(names) / sizeof(names[0]))

API int libenv_version(void) {
#ifdef OTHER_VERSION
    return 2;
#else
    return 1;
#endif
}

API struct env *libenv_make(int count, struct options options) {
    struct env *e = calloc(1, sizeof(struct env));
    int actions = -1, levels = 0, mode = 0, root = 0;
    e->start = -1;
    DEMAND(count == 1);
    for (int i = 0; i < options.count; i++) {
        struct option *o = &options.items[i];
        if (among(o->name, NUMBERS, COUNT(NUMBERS))) {
            DEMAND(o->dtype == 2 && o->count == 1);
            int value = *(int32_t *)o->data;
            if (strcmp(o->name, "num_levels") == 0) levels = value;
            if (strcmp(o->name, "start_level") == 0) e->start = value;
            if (strcmp(o->name, "num_actions") == 0) actions = value;
            if (strcmp(o->name, "distribution_mode") == 0) mode = value;
        } else if (among(o->name, TRUTHS, COUNT(TRUTHS))) {
            uint8_t value = *(uint8_t *)o->data;
            DEMAND(o->dtype == 1 && value <= 1);
            if (strcmp(o->name, "use_sequential_levels") == 0) e->sequential = value;
            if (strcmp(o->name, "use_monochrome_assets") == 0) e->colour = value;
        } else if (strcmp(o->name, "env_name") == 0) {
            DEMAND(o->dtype == 1 && o->count < 32);
            memcpy(e->game, o->data, o->count);
        } else {
            DEMAND(strcmp(o->name, "resource_root") == 0);
            root = o->count > 1 && ((char *)o->data)[o->count - 1] == '/';
        }
    }
    DEMAND(root);
    DEMAND(among(e->game, GAMES, COUNT(GAMES)));
    DEMAND(actions > 0 && levels >= 0 && e->start >= 0);
    DEMAND((int64_t)e->start + levels <= INT32_MAX);
    DEMAND(mode == 0 || mode == 1 || mode == 2 || mode == 10);
    DEMAND(mode != 2 || strchr("cdls", e->game[0]) != NULL);
    DEMAND(mode != 10 || strchr("cdhjm", e->game[0]) != NULL);
    e->interval = levels;
    e->level = e->start;
    return e;
}

static void describe(struct tensor *t, const char *name) {
    memset(t, 0, sizeof(*t));
    strcpy(t->name, name);
}

API int libenv_get_tensortypes(struct env *e, int space, struct tensor *types) {
    static const char *info[] = {"prev_level_seed", "prev_level_complete", "level_seed"};
    (void)e;
    if (types != NULL && space == 3) {
        for (int i = 0; i < 3; i++) {
            describe(&types[i], info[i]);
        }
    } else if (types != NULL) {
        describe(&types[0], space == 1 ? "rgb" : "action");
    }
    return space == 3 ? 3 : 1;
}

/* The goal lies 3 to 9 cells to the right of the start, a hole 4 to its left. */
static int goal(const struct env *e) {
    return 3 + e->level % 7;
}

static void show(struct env *e, float reward, int first, int previous, int complete) {
    uint8_t *rgb = e->to.ob[0];
    memset(rgb, e->colour ? 9 : 90, BYTES);
    for (int i = 0; i < SIDE; i++) {
        rgb[3 * (i * SIDE + 20 + e->place)] = (uint8_t)(100 + e->level % 100);
        rgb[3 * (i * SIDE + 20 + goal(e)) + 1] = 255;
    }
    e->to.rew[0] = reward;
    e->to.first[0] = (uint8_t)first;
    *(int32_t *)e->to.info[0] = previous;
    *(uint8_t *)e->to.info[1] = (uint8_t)complete;
    *(int32_t *)e->to.info[2] = e->level;
}

API void libenv_set_buffers(struct env *e, struct buffers *buffers) {
    DEMAND(!e->buffered);
    e->buffered = 1;
    e->to = *buffers;
    show(e, 0, 1, 0, 0);
}

API void libenv_observe(struct env *e) {
    volatile uint8_t large[1 << 20];
    for (size_t i = 0; i < sizeof(large); i += 512) {
        large[i] = e->to.first[0];
    }
}

API void libenv_act(struct env *e) {
    int action = *(int32_t *)e->to.ac[0];
    int previous = e->level;
    DEMAND(action >= -1 && action < 15);
    e->place += action / 3 == 2 ? 1 : action >= 0 && action < 3 ? -1 : 0;
    e->time++;
    int complete = e->place >= goal(e);
    int done = complete || e->place <= -4 || e->time >= TIME_OUT || action == -1;
    if (done) {
        e->level = complete && e->sequential ? e->level + 997 : e->start;
        e->place = 0;
        e->time = 0;
    }
    show(e, complete ? 10 : 0, done && !(complete && e->sequential), previous, complete);
}

API void libenv_close(struct env *e) {
    free(e);
}

API int get_state(struct env *e, int index, char *data, int length) {
    int32_t words[] = {e->level, e->start, e->place, e->time, END};
    int32_t name = (int32_t)strlen(e->game), version = 0;
    DEMAND(index == 0 && length >= 64 + (int)sizeof(words));
    memcpy(data, &version, 4);
    memcpy(data + 4, &name, 4);
    memcpy(data + 8, e->game, name);
    memcpy(data + 8 + name, words, sizeof(words));
    return 8 + name + (int)sizeof(words);
}

API void set_state(struct env *e, int index, char *data, int length) {
    int32_t words[5], name = (int32_t)strlen(e->game), read;
    DEMAND(index == 0 && length == 8 + name + (int)sizeof(words));
    memcpy(&read, data + 4, 4);
    DEMAND(read == name && memcmp(data + 8, e->game, name) == 0);
    memcpy(words, data + 8 + name, sizeof(words));
    DEMAND(words[4] == END);
    e->level = words[0];
    e->start = words[1];
    e->place = words[2];
    e->time = words[3];
    show(e, 0, 0, e->level, 0);
}
