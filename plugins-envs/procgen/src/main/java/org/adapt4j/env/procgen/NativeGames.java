package org.adapt4j.env.procgen;

import java.util.stream.IntStream;

/** Makes games that the native library plays, on threads of their own. */
final class NativeGames implements AutoCloseable {

    private final Libenv library;
    private final LibenvFile file;
    private final LevelOptions options;
    private final NativeThread[] threads;

    /**
     * Loads the library.
     *
     * @param threads how many play at once
     */
    NativeGames(LibenvFile file, LevelOptions options, int threads) {
        library = file.load();
        this.file = file;
        this.options = options;
        this.threads =
                IntStream.range(0, threads).mapToObj(i -> new NativeThread()).toArray(NativeThread[]::new);
    }

    Game game(GameName name, int slot) {
        return new NativeGame(library, threads[slot % threads.length], name, options, file.assets());
    }

    @Override
    public void close() {
        for (NativeThread thread : threads) {
            thread.close();
        }
    }
}
