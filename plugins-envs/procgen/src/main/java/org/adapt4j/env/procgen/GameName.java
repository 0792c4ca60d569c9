package org.adapt4j.env.procgen;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The games there are; a further game is one more line here and a file of its own. */
public enum GameName {
    /** Eat smaller fish, keep away from larger ones. */
    BIGFISH(BigFish.INFO),
    /** Dodge a large ship's fire, and hit it. */
    BOSSFIGHT(BossFight.INFO),
    /** Steer a ship through a cave. */
    CAVEFLYER(CaveFlyer.INFO),
    /** Eat all orbs of a maze. */
    CHASER(Chaser.INFO),
    /** Collect crystals on platforms. */
    CLIMBER(Climber.INFO),
    /** Run and jump to the coin. */
    COINRUN(CoinRun.INFO),
    /** Hit all enemies with balls. */
    DODGEBALL(Dodgeball.INFO),
    /** Collect fruit, leave other food alone. */
    FRUITBOT(FruitBot.INFO),
    /** Unlock doors on the way to a gem. */
    HEIST(Heist.INFO),
    /** Jump through a cave to the carrot. */
    JUMPER(Jumper.INFO),
    /** Cross roads and rivers. */
    LEAPER(Leaper.INFO),
    /** Find the cheese. */
    MAZE(MazeGame.INFO),
    /** Dig for diamonds under boulders. */
    MINER(Miner.INFO),
    /** Jump across narrow ledges. */
    NINJA(Ninja.INFO),
    /** Sink the right ships. */
    PLUNDER(Plunder.INFO),
    /** Shoot through space from left to right. */
    STARPILOT(StarPilot.INFO);

    private final GameInfo info;

    GameName(GameInfo info) {
        this.info = info;
    }

    GameInfo info() {
        return info;
    }

    /** The name in settings and of tasks. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<GameName> of(String key) {
        return Arrays.stream(values()).filter(game -> game.key().equals(key)).findFirst();
    }
}
