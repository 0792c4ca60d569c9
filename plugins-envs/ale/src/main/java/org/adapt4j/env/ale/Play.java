package org.adapt4j.env.ale;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.adapt4j.api.task.Task;

/**
 * What a task plays: a cartridge with its switches.
 *
 * @param kind where the cartridge comes from
 * @param name of the cartridge among its kind
 * @param game whose scoring ALE applies
 * @param mode position of the game switch
 * @param difficulty position of the difficulty switches
 */
record Play(Kind kind, String name, Game game, int mode, int difficulty) {

    private static final String BENCHMARK = "ale";

    boolean hasDefaultSwitches() {
        return mode == game.defaultMode() && difficulty == Game.DEFAULT_DIFFICULTY;
    }

    /** Such as {@code rom/freeway}. */
    String cartridge() {
        return kind.key() + "/" + name;
    }

    /** Such as {@code @m1d0}, in the literature's way (Farebrother, Machado and Bowling 2018). */
    String switches() {
        return "@m" + mode + "d" + difficulty;
    }

    Task task(boolean withSwitches) {
        return new Task(
                BENCHMARK,
                cartridge() + (withSwitches ? switches() : ""),
                Map.of(
                        "kind", kind.key(),
                        "cartridge", name,
                        "game", game.name(),
                        "mode", Integer.toString(mode),
                        "difficulty", Integer.toString(difficulty)));
    }

    static Play of(Task task) {
        Optional<Game> game = Games.named(task.attribute("game"));
        return new Play(
                task.attribute("kind").equals(Kind.ROM.key()) ? Kind.ROM : Kind.CARTRIDGE,
                task.attribute("cartridge"),
                game.orElseThrow(
                        () -> new IllegalArgumentException("task " + task.name() + " is not one of ALE's games")),
                Integer.parseInt(task.attribute("mode")),
                Integer.parseInt(task.attribute("difficulty")));
    }

    void save(DataOutputStream out) throws IOException {
        out.writeUTF(kind.name());
        out.writeUTF(name);
        out.writeUTF(game.name());
        out.writeInt(mode);
        out.writeInt(difficulty);
    }

    static Play load(DataInputStream in) throws IOException {
        Kind kind = Kind.valueOf(in.readUTF());
        String name = in.readUTF();
        String game = in.readUTF();
        return new Play(
                kind,
                name,
                Games.named(game).orElseThrow(() -> new IOException("no game '" + game + "'")),
                in.readInt(),
                in.readInt());
    }
}
