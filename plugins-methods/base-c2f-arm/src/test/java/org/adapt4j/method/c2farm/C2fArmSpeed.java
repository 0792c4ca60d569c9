package org.adapt4j.method.c2farm;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.adapt4j.api.algorithm.Batch;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.toolkit.network.HostArrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Processor time of updates beside {@code src/test/python/c2f_arm_updates.py}, no row of which is the last of an episode. To be run by hand,
 * in turns with the other one: {@code C2fArmSpeed c2f-arm|c2f-arm-small BATCH PIXELS UPDATES} beside
 * {@code c2f_arm_updates.py 64 32 16 2} or {@code 16 8 8 3}, then batch and updates.
 */
final class C2fArmSpeed {

    private static final Logger LOG = LoggerFactory.getLogger(C2fArmSpeed.class);

    private C2fArmSpeed() {}

    public static void main(String[] arguments) throws IOException {
        int batch = Integer.parseInt(arguments[1]);
        int pixels = Integer.parseInt(arguments[2]);
        int updates = Integer.parseInt(arguments[3]);
        C2fArmSettings settings = SettingsOf.named(arguments[0], "replay { batch = " + batch + ", start = 4 }");
        try (Play play = new Play(settings, pixels, "red", 1)) {
            Batch.Transitions rows = new Rows(play.spec(), batch);
            double best = Double.POSITIVE_INFINITY;
            for (int update = 0; update < updates; update++) {
                long start = processorTime();
                play.algorithm().update(rows, 0);
                best = update == 0 ? best : Math.min(best, (processorTime() - start) / 1e9);
            }
            LOG.info(String.format(Locale.ROOT, "java: %.3f s per update, best of %d", best, updates - 1));
            Volumes volumes = new Volumes(play.algorithm().reader(), settings.attention());
            int depths = settings.attention().depths();
            long start = processorTime();
            voxelise(play, rows, volumes, depths, batch);
            LOG.info(String.format(Locale.ROOT, "of which volumes: %.3f s", (processorTime() - start) / 1e9));
        }
    }

    /** Nanoseconds of all threads that live; Java's own clock of the process ticks a hundred times a second. */
    private static long processorTime() throws IOException {
        long sum = 0;
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
            for (Path thread : threads) {
                String times = Files.readString(thread.resolve("schedstat"));
                sum += Long.parseLong(times.substring(0, times.indexOf(' ')));
            }
        }
        return sum;
    }

    private static void voxelise(Play play, Batch.Transitions rows, Volumes volumes, int depths, int batch) {
        SceneReader reader = play.algorithm().reader();
        int[] components = reader.components();
        ByteBuffer[] columns = new ByteBuffer[components.length];
        for (int c = 0; c < columns.length; c++) {
            columns[c] = rows.column(reader.name(components[c]));
        }
        int[] all = new int[batch];
        for (int i = 0; i < batch; i++) {
            all[i] = i;
        }
        double[] middles = new double[3 * batch];
        for (int i = 0; i < middles.length; i++) {
            middles[i] = i % 3 == 0 ? 0.2 : i % 3 == 1 ? 0 : 0.8;
        }
        for (int depth = 0; depth < depths; depth++) {
            for (int pass = 0; pass < 2; pass++) {
                volumes.of(
                                play.algorithm().life(),
                                columns,
                                all,
                                batch,
                                depth,
                                middles,
                                (i, pixel) -> reader.camera().pixel(middles, i, pixel))
                        .close();
            }
        }
    }

    /** Rows of a table with noise, after which something always comes. */
    private static final class Rows implements Batch.Transitions {

        private final Map<String, ByteBuffer> columns = new HashMap<>();
        private final int size;

        Rows(EnvironmentSpec spec, int size) {
            this.size = size;
            SplittableRandom random = new SplittableRandom(1);
            spec.observation().forEach(component -> {
                ByteBuffer column = HostArrays.allocate(size * component.space().bytes());
                for (int i = 0; i < column.limit() / 4; i++) {
                    if (component.name().endsWith("rgb")) {
                        column.putInt(4 * i, random.nextInt());
                    } else {
                        column.putFloat(4 * i, (float) (1 + random.nextDouble()));
                    }
                }
                columns.put(component.name(), column);
                columns.put("next-" + component.name(), column);
            });
            ByteBuffer actions = HostArrays.allocate(size * 32);
            ByteBuffer returns = HostArrays.allocate(size * 4);
            ByteBuffer discounts = HostArrays.allocate(size * 4);
            for (int i = 0; i < size; i++) {
                for (int k = 0; k < 8; k++) {
                    double place = k == 2 ? 0.7 + 0.5 * random.nextDouble() : 0.4 * random.nextDouble();
                    actions.putFloat(32 * i + 4 * k, (float) (k < 3 ? place : random.nextDouble()));
                }
                discounts.putFloat(4 * i, 0.99f);
            }
            columns.put("action", actions);
            columns.put("return", returns);
            columns.put("discount", discounts);
        }

        @Override
        public int size() {
            return size;
        }

        @Override
        public int tasks() {
            return 1;
        }

        @Override
        public ByteBuffer column(String name) {
            ByteBuffer column = columns.get(name);
            if (column == null) {
                throw new IllegalArgumentException(name);
            }
            return column;
        }

        @Override
        public FloatBuffer weights() {
            FloatBuffer ones = FloatBuffer.allocate(size);
            for (int i = 0; i < size; i++) {
                ones.put(i, 1);
            }
            return ones;
        }

        @Override
        public void reprioritise(FloatBuffer errors) {}

        @Override
        public Batch.Transitions context() {
            throw new UnsupportedOperationException();
        }
    }
}
