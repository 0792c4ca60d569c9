package org.adapt4j.runtime.cli;

/** An experiment of seconds with all kinds of files: a Gaussian process learns from an expert, then AMF asks for more. */
final class SmallImitation {

    private SmallImitation() {}

    /**
     * Its text.
     *
     * @param demonstrations that AMF may ask for
     * @param selector which strategy it asks by
     * @param filmFrames of the film of the adapted policy
     */
    static String text(String name, int demonstrations, String selector, int filmFrames) {
        return """
            name = %s
            benchmark { name = integrator, goals = 3, train-goals = 1 }
            data-set { name = integrator-expert }
            pretrain {
              learner { name = multi-task }
              algorithm { name = gp }
              slots = 3
              budget { updates = 1, demonstrations = 2 }
              measure { points = [1], episodes = 1, slots = 3 }
            }
            adapt {
              algorithm { name = gp }
              together = true
              slots = 3
              budget { demonstrations = %d }
              measure { points = [0], episodes = 1, slots = 3 }
              adapter { name = amf, updates = 1, scoring-copy = false, forgetting { remedy = none } }
              selector { name = %s }
            }
            run { film-frames = %d }
            """.formatted(name, demonstrations, selector, filmFrames);
    }
}
