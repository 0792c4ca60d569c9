package org.adapt4j.runtime.packaging;

/**
 * What one look at a package found.
 *
 * @param name of the level: {@code archive}, {@code signature}, {@code integrity}, {@code recompute}, {@code published}, {@code bitwise},
 *     {@code statistical}, {@code claims}
 * @param outcome in short
 * @param words what was looked at; the first difference if there is one; why nothing was looked at if so
 */
public record Level(String name, Outcome outcome, String words) {
    /** In short. */
    public enum Outcome {
        /** As it should be. */
        GOOD("good"),
        /** Not what was packed, or does not follow from it. */
        DIFFERENT("different"),
        /** Neither shown to agree nor to differ. */
        OPEN("open"),
        /** Could not be looked at. */
        NOT_APPLICABLE("not applicable");

        private final String word;

        Outcome(String word) {
            this.word = word;
        }

        /** For people and scripts. */
        public String word() {
            return word;
        }
    }

    @Override
    public String toString() {
        return name + ": " + outcome.word() + (words.isEmpty() ? "" : ", " + words);
    }
}
