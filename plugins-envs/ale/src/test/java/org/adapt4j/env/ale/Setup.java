package org.adapt4j.env.ale;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Settings for tests: the defaults of {@code reference.conf}, and what a test says instead. */
final class Setup {

    static final Protocol DATA_EFFICIENT =
            new Protocol(4, true, Resize.AREA, 4, 29, 1, true, ActionSet.MINIMAL, 0, 108_000);

    private final List<String> train;
    private final List<String> test;
    private Optional<Path> roms = Optional.empty();
    private boolean mixKinds;
    private String protocol = "data-efficient";
    private Optional<Integer> frameSkip = Optional.empty();
    private Optional<Resize> resize = Optional.empty();
    private Optional<Integer> noOpStarts = Optional.empty();
    private Optional<Double> rewardClip = Optional.empty();
    private Optional<Boolean> lifeLossEnds = Optional.empty();
    private Optional<ActionSet> actionSet = Optional.empty();
    private Optional<Double> sticky = Optional.empty();
    private Optional<Integer> maxFrames = Optional.empty();
    private AleBenchmark.Actions actions = AleBenchmark.Actions.AUTO;
    private Optional<Integer> mode = Optional.empty();
    private Map<String, ScoreRange> scores = Map.of();
    private Sight observation = Sight.SCREEN;
    private Optional<Integer> stack = Optional.empty();
    private int threads = 1;

    private Setup(List<String> train, List<String> test) {
        this.train = train;
        this.test = test;
    }

    static Setup of(List<String> train, List<String> test) {
        return new Setup(train, test);
    }

    Setup roms(Path folder) {
        roms = Optional.of(folder);
        return this;
    }

    Setup mixKinds() {
        mixKinds = true;
        return this;
    }

    Setup protocol(String name) {
        protocol = name;
        return this;
    }

    Setup frameSkip(int frames) {
        frameSkip = Optional.of(frames);
        return this;
    }

    Setup resize(Resize how) {
        resize = Optional.of(how);
        return this;
    }

    Setup noOpStarts(int most) {
        noOpStarts = Optional.of(most);
        return this;
    }

    Setup rewardClip(double bound) {
        rewardClip = Optional.of(bound);
        return this;
    }

    Setup lifeLossEnds(boolean ends) {
        lifeLossEnds = Optional.of(ends);
        return this;
    }

    Setup actionSet(ActionSet set) {
        actionSet = Optional.of(set);
        return this;
    }

    Setup sticky(double probability) {
        sticky = Optional.of(probability);
        return this;
    }

    Setup maxFrames(int frames) {
        maxFrames = Optional.of(frames);
        return this;
    }

    Setup actions(AleBenchmark.Actions chosen) {
        actions = chosen;
        return this;
    }

    Setup mode(int position) {
        mode = Optional.of(position);
        return this;
    }

    Setup scores(Map<String, ScoreRange> given) {
        scores = given;
        return this;
    }

    Setup observation(Sight sight) {
        observation = sight;
        return this;
    }

    Setup stack(int frames) {
        stack = Optional.of(frames);
        return this;
    }

    Setup threads(int count) {
        threads = count;
        return this;
    }

    AleBenchmark.Settings settings() {
        return new AleBenchmark.Settings(
                train,
                test,
                roms,
                mixKinds,
                observation,
                protocol,
                Map.of("data-efficient", DATA_EFFICIENT),
                frameSkip,
                Optional.empty(),
                resize,
                stack,
                noOpStarts,
                rewardClip,
                lifeLossEnds,
                actionSet,
                sticky,
                maxFrames,
                actions,
                mode,
                Optional.empty(),
                scores,
                threads);
    }

    AleBenchmark benchmark() {
        return new AleBenchmark(settings(), Optional.empty());
    }
}
