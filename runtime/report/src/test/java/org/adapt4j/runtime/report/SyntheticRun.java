package org.adapt4j.runtime.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.zip.CRC32C;
import javax.imageio.ImageIO;
import org.adapt4j.runtime.run.Sha256;
import org.adapt4j.runtime.run.Sums;

/**
 * A run folder made of nothing: three methods and scratch, presets, training sets, seeds and tasks as asked, with scores
 * drawn around curves that differ by method. What is wrong with it is added by the test.
 */
public final class SyntheticRun {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> METHODS = List.of("multi-task", "reptile", "rl2", "scratch");
    private static final List<String> GAMES_TO_LEARN = List.of(
            "breakout",
            "demon_attack",
            "robotank",
            "bank_heist",
            "solaris",
            "alien",
            "seaquest",
            "asteroids",
            "krull",
            "frostbite");

    private final Path root;
    private final ObjectNode plan = JSON.createObjectNode();
    private final List<Planned> cells = new ArrayList<>();

    /** A cell of the plan and where it lies. */
    public record Planned(String id, String kind, String method, String preset, int levels, int seed, String task) {}

    /** Size of the grid. */
    public record Size(List<String> presets, List<Integer> trainLevels, int seeds, int tasks, int points) {}

    private SyntheticRun(Path root) {
        this.root = root;
    }

    /** Two training-set sizes, three seeds, four levels. */
    public static SyntheticRun small(Path root) {
        return of(root, new Size(List.of("paper"), List.of(100, 1000), 3, 4, 6));
    }

    /** One cell n/a, one failed, one unfinished, one damaged. */
    public static SyntheticRun imperfect(Path root) {
        SyntheticRun run = small(root);
        run.notApplicable(run.find("adapt", "rl2", 100, 2, 3), "RL² needs an algorithm with memory; use base-ppo");
        run.failed(
                run.find("adapt", "reptile", 100, 1, 2),
                "the cell ran out of memory (exit 137)",
                "update 3 of 20",
                "java.lang.OutOfMemoryError: <Java heap space>");
        run.unfinished(run.find("adapt", "multi-task", 1000, 0, 1));
        Planned damaged = run.find("adapt", "scratch", 1000, 2, 0);
        run.corrupt(run.folder(damaged).resolve("evaluations.jsonl"), 2);
        return run;
    }

    /**
     * Games instead of levels: the tasks named, each with returns of its own size; training sets of 5 and 10 games, and of one
     * game for each of the tasks with multi-task only; scratch once for all.
     */
    public static SyntheticRun games(Path root, List<String> tasks, int seeds) {
        SyntheticRun run = new SyntheticRun(root);
        run.writeGames(new Size(List.of("paper"), List.of(5, 10), seeds, tasks.size(), 6), tasks);
        return run;
    }

    /** Few-shot imitation: three methods given 0, 1, 10 and 50 demonstrations; how far they stay from the expert falls with them. */
    public static SyntheticRun imitation(Path root, int seeds) {
        SyntheticRun run = new SyntheticRun(root);
        run.writeImitation(new Size(List.of("paper"), List.of(1), seeds, 3, 2));
        return run;
    }

    /** Replaces what was published. */
    public void published(String json) {
        try {
            plan.set("published", JSON.readTree(json));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        writePlan();
    }

    /** Writes a complete run. */
    public static SyntheticRun of(Path root, Size size) {
        SyntheticRun run = new SyntheticRun(root);
        run.write(size);
        return run;
    }

    public Path root() {
        return root;
    }

    /** The first cell that fits; null fits everything. */
    public Planned find(String kind, String method, int levels, int seed, int task) {
        return cells.stream()
                .filter(cell -> cell.kind().equals(kind)
                        && cell.method().equals(method)
                        && cell.levels() == levels
                        && cell.seed() == seed
                        && (kind.equals("pretrain") || cell.task().equals("coinrun/" + (10000 + task))))
                .findFirst()
                .orElseThrow();
    }

    /** The first cell that is as wanted. */
    public Planned find(Predicate<Planned> wanted) {
        return cells.stream().filter(wanted).findFirst().orElseThrow();
    }

    /** Takes cells out of the plan. */
    public void drop(Predicate<Planned> unwanted) {
        var nodes = plan.withArray("cells");
        for (int i = cells.size() - 1; i >= 0; i--) {
            if (unwanted.test(cells.get(i))) {
                nodes.remove(i);
                cells.remove(i);
            }
        }
        writePlan();
    }

    /** Lets a method have measured at other steps: those that it did times a factor. */
    public void budget(String method, int factor) {
        measured(method, node -> {
            node.put("declared", node.path("declared").asLong() * factor);
            node.put("environment-steps", node.path("environment-steps").asLong() * factor);
            return true;
        });
    }

    /** Lets a method not have been measured before it adapted. */
    public void startsLate(String method) {
        measured(method, node -> node.path("declared").asLong() > 0);
    }

    /** Changes what was measured of a method while it adapted. @param change what is left of it */
    private void measured(String method, Predicate<ObjectNode> change) {
        for (Planned cell : cells) {
            if (cell.method().equals(method) && cell.kind().equals("adapt")) {
                Path file = folder(cell).resolve("evaluations.jsonl");
                try {
                    List<String> lines = Files.readAllLines(file);
                    Files.delete(file);
                    for (String line : lines) {
                        ObjectNode node = (ObjectNode) JSON.readTree(line);
                        node.remove("crc");
                        if (change.test(node)) {
                            append(file, node.toString().replaceFirst("}$", ""));
                        }
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                seal(folder(cell));
            }
        }
    }

    public Path folder(Planned cell) {
        return root.resolve("cells").resolve(cell.id());
    }

    /** Turns a cell into one that cannot be. */
    public void notApplicable(Planned cell, String reason) {
        node(cell).put("not-applicable", reason);
        delete(folder(cell));
        writePlan();
    }

    /** Turns a cell into one whose learner's numbers ran away. */
    public void diverged(Planned cell, String reason) {
        failed(cell, "diverged", reason, new String[0]);
    }

    /** Turns a cell into a failure. */
    public void failed(Planned cell, String reason, String... logTail) {
        failed(cell, "exception", reason, logTail);
    }

    private void failed(Planned cell, String kind, String reason, String[] logTail) {
        ObjectNode result = JSON.createObjectNode().put("status", "failed").put("reason", reason);
        result.put("failure", kind);
        for (String line : logTail) {
            result.withArray("log-tail").add(line);
        }
        result.put("wall-seconds", 3.5)
                .put("environment-steps", 1200)
                .put("updates", 3)
                .put("back-end", "coinrun-java");
        write(folder(cell).resolve("result.json"), result.toString());
        seal(folder(cell));
    }

    /** Lets all cells of a method log a belief, which is what was asked for in the end only. */
    public void believes(String method, double variance, double norm) {
        for (Planned cell : cells) {
            if (cell.method().equals(method) && Files.isDirectory(folder(cell))) {
                for (int line = 1; line <= 20; line++) {
                    append(
                            folder(cell).resolve("metrics.jsonl"),
                            String.format(
                                    Locale.ROOT,
                                    "{\"environment-steps\":%d,\"updates\":%d,\"values\":{\"posterior-variance\":%.4f,\"posterior-mean-norm\":%.4f}",
                                    1000 * line,
                                    line,
                                    line < 15 ? 0.5 : variance,
                                    line < 15 ? 0.5 : norm));
                }
                seal(folder(cell));
            }
        }
    }

    /** Lets a method adapt to all tasks at once: its cells are planned for none of them by itself. */
    public void adaptsTogether(String method) {
        for (JsonNode cell : plan.withArray("cells")) {
            if (cell.get("method").asText().equals(method)
                    && cell.get("kind").asText().equals("adapt")) {
                ((ObjectNode) cell).putNull("task");
            }
        }
        writePlan();
    }

    /** Lets all adaptations of a method have made no update. */
    public void onlyPlays(String method) {
        for (Planned cell : cells) {
            if (cell.method().equals(method) && cell.kind().equals("adapt")) {
                Path result = folder(cell).resolve("result.json");
                try {
                    write(result, Files.readString(result).replace("\"updates\":20", "\"updates\":0"));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                seal(folder(cell));
            }
        }
    }

    /** Turns a cell into one that runs: no result, and only the first lines, the last of them torn. */
    public void unfinished(Planned cell) {
        try {
            Files.delete(folder(cell).resolve("result.json"));
            Files.delete(folder(cell).resolve("state.jsonl"));
            append(
                    folder(cell).resolve("state.jsonl"),
                    "{\"state\":\"running\",\"at\":\"2026-11-21T03:00:00Z\",\"pid\":7,\"boot\":\"b\"");
            Path evaluations = folder(cell).resolve("evaluations.jsonl");
            String text = Files.readString(evaluations);
            Files.writeString(evaluations, text.substring(0, text.length() / 2));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Replaces the claims. */
    public void claims(String json) {
        try {
            plan.set("claims", JSON.readTree(json));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        writePlan();
    }

    /** Plans scratch once, without coordinates, as it does not depend on them. */
    public void scratchOnce() {
        int levels = cells.get(0).levels();
        var nodes = plan.withArray("cells");
        for (int i = nodes.size() - 1; i >= 0; i--) {
            Planned cell = cells.get(i);
            if (cell.method().equals("scratch")) {
                if (cell.levels() == levels) {
                    ((ObjectNode) nodes.get(i)).putObject("labels");
                } else {
                    nodes.remove(i);
                }
            }
        }
        writePlan();
    }

    /** Changes one byte in the given line of a file. */
    public void corrupt(Path file, int line) {
        try {
            List<String> lines = new ArrayList<>(Files.readAllLines(file));
            lines.set(
                    line - 1,
                    lines.get(line - 1).replaceFirst("\\d", "9").replaceFirst("\"values|\"returns", "\"valves"));
            Files.writeString(file, String.join("\n", lines) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void head(String name, String description) {
        plan.put("name", name).put("description", description).put("created", "2026-11-21T02:00:00Z");
        plan.putObject("versions")
                .put("adapt4j", "0.1.0-SNAPSHOT")
                .put("java", "17.0.15 (Debian)")
                .put("djl", "0.35.1")
                .put("libtorch", "2.7.1");
        plan.putArray("cells");
    }

    private void write(Size size) {
        head(
                "coinrun-synthetic",
                "Three ways to meet a new CoinRun level, and training from scratch; made-up numbers.");
        for (String preset : size.presets()) {
            for (int levels : size.trainLevels()) {
                for (String method : METHODS) {
                    for (int seed = 0; seed < size.seeds(); seed++) {
                        cellsOf(size, preset, levels, method, seed);
                    }
                }
            }
        }
        claims("""
            [{"id":"P1","text":"Multi-task pre-training is best in sample efficiency and in final return, for every number of training levels.","kind":"better","method":"multi-task","than":["reptile","rl2","scratch"],"measures":["auc","final"]},
             {"id":"P2","text":"Reptile improves during adaptation, but stays below multi-task.","kind":"improves-below","method":"reptile","below":"multi-task"},
             {"id":"P3","text":"The zero-shot return of multi-task grows with the number of training levels, and less so for Reptile.","kind":"grows","method":"multi-task","along":"benchmark.train-levels","less":"reptile"},
             {"id":"P4","text":"RL\\u00b2 does not improve on unseen levels.","kind":"flat","method":"rl2"}]\
            """);
    }

    private void writeImitation(Size size) {
        head("imitation-synthetic", "Fine-tuning, meta-learning and scratch from few demonstrations; made-up numbers.");
        for (int shots : List.of(0, 1, 10, 50)) {
            for (String method : List.of("fine-tuning", "maml", "scratch")) {
                for (int seed = 0; seed < size.seeds(); seed++) {
                    for (int task = 0; task < size.tasks(); task++) {
                        Map<String, String> labels = Map.of("adapt.budget.demonstrations", Integer.toString(shots));
                        files(plan("adapt", "paper", shots, labels, method, seed, "hopper/variant-" + task, ""), size);
                    }
                }
            }
        }
        claims("[]");
    }

    private boolean isImitation() {
        return plan.path("name").asText().startsWith("imitation");
    }

    private String imitation(Planned cell, double share, long step, SplittableRandom random) {
        double before = cell.method().equals("maml") ? 0.25 : 0.6;
        double after = before / (1 + cell.levels() * (cell.method().equals("scratch") ? 3 : 6));
        double loss = (share < 1 ? before : after) * random.nextDouble(0.95, 1.05);
        return String.format(
                Locale.ROOT,
                "{\"declared\":%d,\"environment-steps\":0,\"updates\":%d,\"split\":\"test\",\"task\":\"%s\",\"returns\":[%.3f],"
                        + "\"lengths\":[1000],\"solved\":[false],\"normalised\":%.6f,\"action-loss\":%.6f",
                step,
                step,
                cell.task(),
                3000 * (1 - loss),
                1 - loss,
                loss);
    }

    private void writeGames(Size size, List<String> tasks) {
        head("atari-synthetic", "Three ways to meet a new game, and training from scratch; made-up numbers.");
        for (int seed = 0; seed < size.seeds(); seed++) {
            for (int task = 0; task < tasks.size(); task++) {
                gamesOf(size, List.of(GAMES_TO_LEARN.get(task)), "multi-task", seed, List.of(tasks.get(task)));
            }
            for (int count : size.trainLevels()) {
                for (String method : List.of("multi-task", "reptile", "pearl")) {
                    gamesOf(size, GAMES_TO_LEARN.subList(0, count), method, seed, tasks);
                }
            }
            gamesOf(size, List.of(), "scratch", seed, tasks);
        }
        claims("[]");
    }

    private void gamesOf(Size size, List<String> learned, String method, int seed, List<String> tasks) {
        String from = "";
        int count = Math.max(1, learned.size());
        Map<String, String> labels = learned.isEmpty()
                ? Map.of()
                : Map.of(
                        "benchmark.train-tasks",
                        learned.stream().map(game -> "rom/" + game).toList().toString());
        if (!learned.isEmpty()) {
            Planned pretrain = plan("pretrain", "paper", count, labels, method, seed, "", "");
            from = pretrain.id();
            files(pretrain, size);
        }
        for (String task : tasks) {
            files(plan("adapt", "paper", count, labels, method, seed, task, from), size);
        }
    }

    private void cellsOf(Size size, String preset, int levels, String method, int seed) {
        String learned = "";
        Map<String, String> labels = Map.of("benchmark.train-levels", Integer.toString(levels));
        if (!method.equals("scratch")) {
            Planned pretrain = plan("pretrain", preset, levels, labels, method, seed, "", "");
            learned = pretrain.id();
            files(pretrain, size);
        }
        for (int task = 0; task < size.tasks(); task++) {
            files(plan("adapt", preset, levels, labels, method, seed, "coinrun/" + (10000 + task), learned), size);
        }
    }

    private Planned plan(
            String kind,
            String preset,
            int levels,
            Map<String, String> labels,
            String method,
            int seed,
            String task,
            String learned) {
        String id = String.format(Locale.ROOT, "%016x", 0x9e3779b97f4a7c15L * (cells.size() + 1));
        Planned planned = new Planned(id, kind, method, preset, levels, seed, task);
        cells.add(planned);
        ObjectNode node = plan.withArray("cells").addObject();
        node.put("id", id).put("kind", kind).put("method", method).put("preset", preset);
        labels.forEach(node.putObject("labels")::put);
        node.put("seed", seed).putNull("task").putNull("learned").putNull("not-applicable");
        if (!task.isEmpty()) {
            node.put("task", task);
        }
        if (!learned.isEmpty()) {
            node.put("learned", learned);
        }
        return planned;
    }

    private void files(Planned cell, Size size) {
        Path folder = folder(cell);
        SplittableRandom random = new SplittableRandom(cell.id().hashCode() * 31L + cell.seed());
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        append(
                folder.resolve("state.jsonl"),
                "{\"state\":\"running\",\"at\":\"2026-11-21T02:00:00Z\",\"pid\":7,\"boot\":\"b\"");
        boolean pretrain = cell.kind().equals("pretrain");
        int budget = pretrain ? 200_000 : 50_000;
        for (int point = 0; point < size.points(); point++) {
            double share = point / Math.max(1.0, size.points() - 1.0);
            long step = Math.round(share * budget);
            for (int task = 0; task < (pretrain && !isGame() ? 2 : 1); task++) {
                String split = pretrain && task == 0 ? "train" : "test";
                String level = pretrain ? "coinrun/" + (task == 0 ? 3 : 10_000) : cell.task();
                append(
                        folder.resolve("evaluations.jsonl"),
                        isImitation()
                                ? imitation(cell, share, step, random)
                                : isGame()
                                        ? gameEvaluation(cell, share, step, split, random)
                                        : evaluation(
                                                cell,
                                                share,
                                                step,
                                                split,
                                                level,
                                                random,
                                                pretrain && task == 0 ? 0.08 : 0));
            }
        }
        for (int update = 1; update <= 20; update++) {
            double share = update / 20.0;
            append(
                    folder.resolve("metrics.jsonl"),
                    String.format(
                            Locale.ROOT,
                            "{\"environment-steps\":%d,\"updates\":%d,\"wall-seconds\":%.1f,\"values\":{\"episode-return\":%.3f,\"loss\":%.4f}",
                            Math.round(share * budget),
                            update,
                            update * 1.7,
                            10 * chance(cell, share) + random.nextDouble(-0.4, 0.4),
                            1 / (update + 1.0)));
        }
        append(
                folder.resolve("state.jsonl"),
                "{\"state\":\"done\",\"at\":\"2026-11-21T02:10:00Z\",\"pid\":7,\"boot\":\"b\"");
        boolean film = !pretrain && cell.seed() == 0 && cell.task().matches(".*/(10000|pong|orchard)");
        ObjectNode result = JSON.createObjectNode()
                .put("status", "done")
                .put("wall-seconds", (pretrain ? 240 : 61) + random.nextInt(20))
                .put("environment-steps", budget)
                .put("updates", 20)
                .put("back-end", isGame() ? "ale-0.7.3" : "coinrun-java")
                .put("preset", cell.preset())
                .put("benchmark", isGame() ? "ale ROMs data-efficient" : "procgen coinrun easy")
                .put("parameters", 74_512)
                .put("film", film ? "film.gif" : null)
                .put("scale", "0.2 % of the paper's pre-training steps, small network in place of IMPALA");
        result.putNull("reason").putArray("log-tail");
        write(folder.resolve("result.json"), result.toString());
        if (film) {
            film(folder.resolve("film.gif"), cell.method());
        }
        seal(folder);
    }

    private boolean isGame() {
        return plan.path("name").asText().startsWith("atari");
    }

    /** Help on the first task, hindrance on the second, little of either on the others; never any for PEARL while it adapts. */
    private double score(Planned cell, double share) {
        double taskHelp = cell.task().endsWith("pong") ? 0.25 : cell.task().endsWith("assault") ? -0.12 : 0.02;
        double start = 0.02 + cell.levels() * 0.004;
        double learnt = 0.30 * share + 0.10 * share * share;
        return switch (cell.method()) {
            case "multi-task" -> start + learnt + taskHelp * share;
            case "reptile" -> start + 0.8 * learnt - taskHelp * share / 2;
            case "pearl" -> start;
            default -> learnt;
        };
    }

    private String gameEvaluation(Planned cell, double share, long step, String split, SplittableRandom random) {
        String task = cell.task().isEmpty() ? "rom/breakout" : cell.task();
        double low = task.length() * 20 - 250;
        double high = low + 30 * Math.pow(3, Math.abs(task.hashCode()) % 6);
        double score = score(cell, share) + random.nextDouble(-0.05, 0.05);
        double mean = low + score * (high - low);
        return String.format(
                Locale.ROOT,
                "{\"declared\":%d,\"environment-steps\":%d,\"updates\":0,\"split\":\"%s\",\"task\":\"%s\",\"returns\":[%.3f,%.3f],"
                        + "\"lengths\":[900,1000],\"solved\":[false,false],\"normalised\":%.6f",
                step,
                step,
                split,
                task,
                mean - 1,
                mean + 1,
                score);
    }

    private static double chance(Planned cell, double share) {
        double size = Math.log10(cell.levels()) / 10;
        return switch (cell.method()) {
            case "multi-task" -> 0.40 + size + (0.42 - size / 2) * (1 - Math.exp(-4 * share));
            case "reptile" -> 0.36 + size / 2 + 0.22 * share;
            case "rl2" -> 0.42 + size / 3;
            default -> 0.28 + 0.40 * share * share;
        };
    }

    private static String evaluation(
            Planned cell, double share, long step, String split, String task, SplittableRandom random, double bonus) {
        StringBuilder returns = new StringBuilder();
        StringBuilder lengths = new StringBuilder();
        StringBuilder solved = new StringBuilder();
        int hits = 0;
        int episodes = 20;
        for (int i = 0; i < episodes; i++) {
            boolean hit = random.nextDouble() < chance(cell, share) + bonus;
            hits += hit ? 1 : 0;
            String comma = i == 0 ? "" : ",";
            returns.append(comma).append(hit ? "10.0" : "0.0");
            lengths.append(comma).append(hit ? 80 + random.nextInt(60) : 300);
            solved.append(comma).append(hit);
        }
        double mean = 10.0 * hits / episodes;
        return "{\"declared\":" + step + ",\"environment-steps\":" + step + ",\"updates\":0,\"split\":\"" + split
                + "\",\"task\":\"" + task + "\",\"returns\":[" + returns + "],\"lengths\":[" + lengths
                + "],\"solved\":[" + solved + "],\"normalised\":" + (mean - 5) / 5;
    }

    /** Appends a line given without its closing brace, guarded as the runtime guards it, after the line before it. */
    public static void append(Path file, String open) {
        try {
            String before = Files.exists(file) ? Files.readString(file) : "";
            CRC32C crc = new CRC32C();
            int end = before.length() - 3;
            crc.update(
                    (before.isEmpty() ? "00000000" : before.substring(end - 8, end)).getBytes(StandardCharsets.UTF_8));
            crc.update(open.getBytes(StandardCharsets.UTF_8));
            String line = open + ",\"crc\":\"" + HexFormat.of().toHexDigits((int) crc.getValue()) + "\"}\n";
            Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Notes what the files of a folder hold, as the runtime does when they are finished. */
    public static void seal(Path folder) {
        StringBuilder sums = new StringBuilder();
        try (var files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                if (!file.endsWith(Sums.FILE)) {
                    sums.append(Sha256.of(file))
                            .append("  ")
                            .append(file.getFileName())
                            .append('\n');
                }
            }
            Files.writeString(folder.resolve(Sums.FILE), sums);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void film(Path file, String method) {
        BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        g.setColor(new Color(0x5b8fc9));
        g.fillRect(0, 0, 64, 64);
        g.setColor(new Color(0x3b6b2f));
        g.fillRect(0, 48, 64, 16);
        g.setColor(Color.YELLOW);
        g.fillOval(44 - method.length(), 38, 9, 9);
        g.dispose();
        try {
            ImageIO.write(image, "gif", file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ObjectNode node(Planned cell) {
        for (var node : plan.withArray("cells")) {
            if (node.get("id").asText().equals(cell.id())) {
                return (ObjectNode) node;
            }
        }
        throw new IllegalArgumentException(cell.id());
    }

    private void writePlan() {
        try {
            Files.createDirectories(root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        write(root.resolve("plan.json"), plan.toPrettyString());
        seal(root);
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try (var paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
