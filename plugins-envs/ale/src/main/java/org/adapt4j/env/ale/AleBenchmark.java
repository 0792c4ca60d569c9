package org.adapt4j.env.ale;

import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.adapt4j.api.benchmark.EnvironmentRequest;
import org.adapt4j.api.benchmark.EnvironmentRequest.Purpose;
import org.adapt4j.api.benchmark.Finding;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.benchmark.UnplayableTaskException;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.VectorEnvironment;
import org.adapt4j.api.settings.Check;
import org.adapt4j.api.settings.Nearest;
import org.adapt4j.api.space.Discrete;
import org.adapt4j.api.task.Split;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSet;
import org.adapt4j.env.ale.cartridge.Cartridge;
import org.adapt4j.env.ale.cartridge.Cartridges;
import org.adapt4j.toolkit.environment.SlotBatch;

/**
 * Atari 2600 games as tasks (Bellemare, Naddaf, Veness and Bowling 2013): {@code cartridge/<name>} is one of this plug-in's own
 * cartridges, {@code rom/<game>} one of the user's.
 *
 * <p>Observation: component {@code screen}, bytes {@code [stack, 84, 84]}, grey, newest frame last, or the console's memory, see {@link Sight}. Action: one of the game's own, or
 * of 18 of which those beyond the game's own do nothing (Mandi, Abbeel and James 2022, Appendix D), see {@link Actions}.
 */
public final class AleBenchmark implements TaskDistribution {

    private final Settings settings;
    private final Protocol protocol;
    private final PlayNames names;
    private final RomFolder folder;
    private final Map<String, byte[]> images = new ConcurrentHashMap<>();
    private final Arcade arcade;

    /** The folder of cartridges is a matter of the machine: named in its environment it is no part of an experiment. */
    @Inject
    AleBenchmark(Settings settings) {
        this(
                settings,
                Optional.ofNullable(System.getenv(RomFolder.VARIABLE))
                        .filter(path -> !path.isBlank())
                        .map(Path::of));
    }

    AleBenchmark(Settings settings, Optional<Path> usualRoms) {
        this.settings = settings;
        protocol = settings.played();
        names = settings.names();
        folder = new RomFolder(settings.roms().or(() -> usualRoms));
        arcade = new Arcade(this::image, protocol.stickyActions());
    }

    /** What one agent can do that plays several games. */
    public enum Actions {
        /** {@link #PADDED} for several games, and for a training set of one game if others are held out; otherwise {@link #OWN}. */
        AUTO,
        /** The game's own actions. */
        OWN,
        /** 18 actions: the game's own, then ones that do nothing. */
        PADDED
    }

    /**
     * What to play and how.
     *
     * @param trainTasks names of the games to learn from
     * @param testTasks names of the games held out
     * @param roms folder with the user's cartridges; empty for the one that the environment variable {@code ALE_ROMS} names
     * @param mixKinds whether our cartridges and the user's may stand in one table
     * @param observation what an agent sees
     * @param protocol which of {@code protocols} is played
     * @param protocols by name
     * @param frameSkip instead of the protocol's, like all that follow up to {@code maxFrames}; see {@link Protocol}
     * @param maxOfTwoFrames see {@link Protocol}
     * @param resize see {@link Protocol}
     * @param stack see {@link Protocol}; of memory 1 unless it is set
     * @param noOpStarts see {@link Protocol}
     * @param rewardClip see {@link Protocol}
     * @param lifeLossEnds see {@link Protocol}
     * @param actionSet see {@link Protocol}
     * @param stickyActions see {@link Protocol}
     * @param maxFrames see {@link Protocol}
     * @param actions what one agent can do that plays several games
     * @param mode game switch of the user's cartridges whose names do not say; empty for each game's default
     * @param difficulty difficulty switches, likewise
     * @param scores returns that count as 0 and 1, by cartridge, for games without published ones and instead of published ones
     * @param threads that play slots
     */
    public record Settings(
            List<String> trainTasks,
            List<String> testTasks,
            Optional<Path> roms,
            boolean mixKinds,
            Sight observation,
            String protocol,
            Map<String, Protocol> protocols,
            Optional<Integer> frameSkip,
            Optional<Boolean> maxOfTwoFrames,
            Optional<Resize> resize,
            Optional<Integer> stack,
            Optional<Integer> noOpStarts,
            Optional<Double> rewardClip,
            Optional<Boolean> lifeLossEnds,
            Optional<ActionSet> actionSet,
            Optional<Double> stickyActions,
            Optional<Integer> maxFrames,
            Actions actions,
            Optional<Integer> mode,
            Optional<Integer> difficulty,
            Map<String, ScoreRange> scores,
            int threads) {

        /** Checks the names, and that the tables they lead to mean something. */
        public Settings {
            Protocol base = protocols.get(protocol);
            if (base == null) {
                throw new IllegalArgumentException("protocol: no protocol '" + protocol + "'"
                        + Nearest.hint(Nearest.to(protocol, protocols.keySet()))
                        + " (known: " + String.join(", ", new TreeSet<>(protocols.keySet())) + ")");
            }
            roms.ifPresent(path -> Check.that(
                    Files.isDirectory(path), "roms", "must be a folder of cartridges, but there is none at " + path));
            // Whatever is set must be possible, alone and together.
            with(
                    base,
                    frameSkip,
                    maxOfTwoFrames,
                    resize,
                    stack,
                    noOpStarts,
                    rewardClip,
                    lifeLossEnds,
                    actionSet,
                    stickyActions,
                    maxFrames);
            Check.positive("threads", threads);
            PlayNames names = new PlayNames(mode, difficulty);
            Set<Play> training = plays("train-tasks", trainTasks, names);
            Set<Play> held = plays("test-tasks", testTasks, names);
            for (Play play : held) {
                Check.that(
                        !training.contains(play),
                        "test-tasks",
                        play.cartridge() + " is among the train-tasks, so it cannot be held out");
            }
            Set<Kind> kinds = new HashSet<>();
            training.forEach(play -> kinds.add(play.kind()));
            held.forEach(play -> kinds.add(play.kind()));
            Check.that(
                    mixKinds || kinds.size() == 1,
                    "test-tasks",
                    "train-tasks and test-tasks hold both cartridge/… and rom/…, which are not comparable: use one"
                            + " kind, or set mix-kinds = true and say so where you show the results");
        }

        private static Set<Play> plays(String key, List<String> texts, PlayNames names) {
            Check.notEmpty(key, texts);
            Set<Play> plays = new LinkedHashSet<>();
            for (String text : texts) {
                Play play;
                try {
                    play = names.parse(text);
                } catch (IllegalArgumentException e) {
                    throw new IllegalArgumentException(key + ": " + e.getMessage(), e);
                }
                Check.that(plays.add(play), key, "'" + text + "' stands there twice");
            }
            return plays;
        }

        PlayNames names() {
            return new PlayNames(mode, difficulty);
        }

        /** The protocol with what is set instead. */
        Protocol played() {
            return with(
                    named(),
                    frameSkip,
                    maxOfTwoFrames,
                    resize,
                    observation == Sight.RAM ? stack.or(() -> Optional.of(1)) : stack,
                    noOpStarts,
                    rewardClip,
                    lifeLossEnds,
                    actionSet,
                    stickyActions,
                    maxFrames);
        }

        private static Protocol with(
                Protocol base,
                Optional<Integer> frameSkip,
                Optional<Boolean> maxOfTwoFrames,
                Optional<Resize> resize,
                Optional<Integer> stack,
                Optional<Integer> noOpStarts,
                Optional<Double> rewardClip,
                Optional<Boolean> lifeLossEnds,
                Optional<ActionSet> actionSet,
                Optional<Double> stickyActions,
                Optional<Integer> maxFrames) {
            return new Protocol(
                    frameSkip.orElse(base.frameSkip()),
                    maxOfTwoFrames.orElse(base.maxOfTwoFrames()),
                    resize.orElse(base.resize()),
                    stack.orElse(base.stack()),
                    noOpStarts.orElse(base.noOpStarts()),
                    rewardClip.orElse(base.rewardClip()),
                    lifeLossEnds.orElse(base.lifeLossEnds()),
                    actionSet.orElse(base.actionSet()),
                    stickyActions.orElse(base.stickyActions()),
                    maxFrames.orElse(base.maxFrames()));
        }

        Protocol named() {
            Protocol base = protocols.get(protocol);
            if (base == null) {
                throw new IllegalStateException("checked by the constructor");
            }
            return base;
        }
    }

    @Override
    public String title() {
        Set<Kind> kinds = new TreeSet<>();
        for (Split split : Split.values()) {
            tasks(split).tasks().forEach(task -> kinds.add(Play.of(task).kind()));
        }
        StringBuilder title = new StringBuilder("ale ");
        title.append(kinds.size() > 1 ? "cartridges and ROMs mixed" : kinds.contains(Kind.ROM) ? "ROMs" : "cartridges");
        title.append(' ').append(settings.protocol());
        Protocol named = settings.named();
        note(title, "observation", lower(settings.observation()), lower(Sight.SCREEN));
        note(title, "frame skip", protocol.frameSkip(), named.frameSkip());
        note(title, "max of two frames", protocol.maxOfTwoFrames(), named.maxOfTwoFrames());
        note(title, "resize", lower(protocol.resize()), lower(named.resize()));
        note(title, "stack", protocol.stack(), settings.observation() == Sight.RAM ? 1 : named.stack());
        note(title, "no-op starts", protocol.noOpStarts(), named.noOpStarts());
        note(title, "reward clip", protocol.rewardClip(), named.rewardClip());
        note(title, "life loss ends", protocol.lifeLossEnds(), named.lifeLossEnds());
        note(title, "action set", lower(protocol.actionSet()), lower(named.actionSet()));
        note(title, "sticky actions", protocol.stickyActions(), named.stickyActions());
        note(title, "max frames", protocol.maxFrames(), named.maxFrames());
        note(title, "actions", lower(settings.actions()), lower(Actions.AUTO));
        settings.mode().ifPresent(mode -> title.append(", mode ").append(mode));
        settings.difficulty()
                .ifPresent(difficulty -> title.append(", difficulty ").append(difficulty));
        return title.toString();
    }

    private static void note(StringBuilder title, String what, Object value, Object usual) {
        if (!value.equals(usual)) {
            title.append(", ").append(what).append(' ').append(value);
        }
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String backEnd() {
        return "ale-" + AleLibrary.VERSION;
    }

    @Override
    public TaskSet tasks(Split split) {
        List<String> texts = split == Split.TRAIN ? settings.trainTasks() : settings.testTasks();
        return new TaskSet(texts.stream().map(names::parse).map(this::task).toList());
    }

    private Task task(Play play) {
        return play.task(names.needsSwitches(play));
    }

    @Override
    public Optional<Task> task(String name) {
        try {
            return Optional.of(task(names.parse(name)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public EnvironmentSpec spec(TaskSet tasks) {
        Set<Game> games = new HashSet<>();
        Set<String> cartridges = new HashSet<>();
        for (Task task : tasks.tasks()) {
            games.add(Play.of(task).game());
            cartridges.add(Play.of(task).cartridge());
        }
        boolean padded = settings.actions() == Actions.PADDED
                || settings.actions() == Actions.AUTO && (cartridges.size() > 1 || leadsToOthers(tasks, cartridges));
        int actions = padded ? Emulator.ALL_ACTIONS : 0;
        for (Game game : games) {
            actions = Math.max(actions, own(game));
        }
        return new EnvironmentSpec(
                List.of(settings.observation().component(protocol.stack())),
                new Discrete(actions),
                protocol.maxSteps());
    }

    private int own(Game game) {
        return protocol.actionSet() == ActionSet.FULL
                ? Emulator.ALL_ACTIONS
                : game.actions().size();
    }

    /** Whether these are the training tasks, of one cartridge, and others are held out. */
    private boolean leadsToOthers(TaskSet tasks, Set<String> cartridges) {
        return tasks.tasks().equals(tasks(Split.TRAIN).tasks())
                && tasks(Split.TEST).tasks().stream()
                        .anyMatch(task -> !cartridges.contains(Play.of(task).cartridge()));
    }

    @Override
    public VectorEnvironment open(EnvironmentRequest request) {
        request.schedule().tasks().tasks().forEach(task -> image(Play.of(task)));
        boolean training = request.purpose() == Purpose.TRAINING;
        int actions = ((Discrete) request.spec().action()).size();
        long seed = request.random().nextLong();
        return new SlotBatch(
                request,
                settings.threads(),
                new AleSlots(settings.observation(), protocol, training, arcade, actions, request.slots(), seed));
    }

    private byte[] image(Play play) {
        return images.computeIfAbsent(
                play.cartridge(),
                key -> play.kind() == Kind.ROM
                        ? folder.image(play.game())
                        : PlayNames.cartridge(play.name()).orElseThrow().rom());
    }

    @Override
    public double normalise(Task task, double episodeReturn) {
        Play play = Play.of(task);
        return range(play).map(range -> range.normalise(episodeReturn)).orElse(episodeReturn);
    }

    @Override
    public boolean solved(Task task, double episodeReturn) {
        return range(Play.of(task)).map(range -> episodeReturn >= range.high()).orElse(false);
    }

    /** Published returns are those of the default switches. */
    private Optional<ScoreRange> range(Play play) {
        Optional<ScoreRange> given = Optional.ofNullable(settings.scores().get(play.name()));
        if (given.isPresent()) {
            return given;
        }
        if (play.kind() == Kind.CARTRIDGE) {
            return PlayNames.cartridge(play.name()).map(AleBenchmark::range);
        }
        return play.hasDefaultSwitches() ? play.game().scores() : Optional.empty();
    }

    private static ScoreRange range(Cartridge cartridge) {
        return new ScoreRange(cartridge.random(), cartridge.expert());
    }

    @Override
    public List<Finding> inspect() {
        Map<String, Game> wanted = new TreeMap<>();
        for (Split split : Split.values()) {
            for (Task task : tasks(split).tasks()) {
                Play play = Play.of(task);
                if (play.kind() == Kind.ROM) {
                    wanted.put(play.game().name(), play.game());
                }
            }
        }
        List<Finding> findings = new ArrayList<>();
        findings.add(library());
        findings.addAll(folder.inspect(new ArrayList<>(wanted.values())));
        return findings;
    }

    private Finding library() {
        try {
            AleLibrary.load();
        } catch (UnplayableTaskException e) {
            return Finding.bad(
                    "ALE",
                    String.valueOf(e.getMessage()),
                    "where this speaks of permission, set ADAPT4J_CACHE to a folder that allows programs");
        }
        return Finding.good(
                "ALE",
                AleLibrary.VERSION + ", " + Cartridges.all().size() + " cartridges of our own, "
                        + folder.folder().map(path -> "yours in " + path).orElse("none of yours: " + RomFolder.POINT));
    }

    @Override
    public Optional<String> nearestName(String name) {
        return PlayNames.nearest(name);
    }
}
