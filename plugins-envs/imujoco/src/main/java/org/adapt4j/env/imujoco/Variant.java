package org.adapt4j.env.imujoco;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One change of a body, named as in the paper's appendix A: {@code massinc-300-torsogeom}.
 *
 * @param category what changes
 * @param increase whether it grows
 * @param percent by how much, above 0, and below 100 for a decrease
 * @param part name of the geom or joint without underscores
 */
record Variant(Category category, boolean increase, int percent, String part) {

    private static final Pattern NAME =
            Pattern.compile("(mass|joint|length|friction)(inc|dec)-([1-9][0-9]{0,3})-([a-z0-9]+)");

    /** The paper's variants of a body, each once: 36, 53 and 64. */
    static List<Variant> paper(Body body) {
        Collection all = new Collection();
        switch (body) {
            case HOPPER -> {
                all.massAndJoint(
                        List.of("torsogeom", "thighgeom", "leggeom", "footgeom"),
                        List.of("thighjoint", "legjoint", "footjoint"));
                all.add(Category.LENGTH, false, List.of(50), "torsogeom", "footgeom");
                all.add(Category.LENGTH, true, List.of(50), "footgeom");
                all.add(Category.LENGTH, true, List.of(100), "torsogeom", "footgeom");
                all.add(Category.LENGTH, true, List.of(150), "footgeom");
                all.friction("footgeom");
            }
            case HALFCHEETAH -> {
                all.massAndJoint(
                        List.of("head", "bthigh", "bshin", "bfoot", "fthigh", "fshin", "ffoot"),
                        List.of("bthigh", "bshin", "bfoot", "fthigh", "fshin", "ffoot"));
                all.add(Category.LENGTH, false, List.of(50), "head");
                all.add(Category.LENGTH, true, List.of(50), "head", "bfoot", "ffoot");
                all.add(Category.LENGTH, true, List.of(100), "bfoot", "ffoot");
            }
            case WALKER2D -> {
                all.massAndJoint(
                        List.of(
                                "torsogeom",
                                "thighgeom",
                                "leggeom",
                                "footgeom",
                                "thighleftgeom",
                                "legleftgeom",
                                "footleftgeom"),
                        List.of(
                                "thighjoint",
                                "legjoint",
                                "footjoint",
                                "thighleftjoint",
                                "legleftjoint",
                                "footleftjoint"));
                all.add(Category.LENGTH, false, List.of(50), "torsogeom", "footgeom", "footleftgeom");
                all.add(Category.LENGTH, true, List.of(100, 200), "torsogeom", "footgeom", "footleftgeom");
                all.friction("footgeom", "footleftgeom");
            }
        }
        return List.copyOf(all.variants);
    }

    /**
     * Reads a name, of the paper's list or not, such as {@code massinc-150-footgeom}. Which parts can be changed how is the same
     * as in the paper's list; by how much is free.
     *
     * @return empty if the body has no such variant
     */
    static Optional<Variant> parse(Body body, String name) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Category category = Category.valueOf(matcher.group(1).toUpperCase(java.util.Locale.ROOT));
        boolean increase = matcher.group(2).equals("inc");
        int percent = Integer.parseInt(matcher.group(3));
        String part = matcher.group(4);
        boolean known = paper(body).stream()
                .anyMatch(other -> other.category() == category && other.part().equals(part));
        return known && (increase || percent < 100)
                ? Optional.of(new Variant(category, increase, percent, part))
                : Optional.empty();
    }

    /** The paper's name. */
    String name() {
        return category.word() + (increase ? "inc" : "dec") + "-" + percent + "-" + part;
    }

    /** What the changed number is multiplied with (paper, section 4.1). */
    double factor() {
        return increase ? 1 + percent / 100.0 : 1 - percent / 100.0;
    }

    /** Gathers variants in the order of the paper's tables: category, direction, percentage, part. */
    private static final class Collection {
        private final List<Variant> variants = new ArrayList<>();

        void massAndJoint(List<String> geoms, List<String> joints) {
            add(Category.MASS, false, List.of(25, 50), geoms.toArray(String[]::new));
            add(Category.MASS, true, List.of(100, 200, 300), geoms.toArray(String[]::new));
            add(Category.JOINT, false, List.of(25, 50), joints.toArray(String[]::new));
        }

        void friction(String... feet) {
            add(Category.FRICTION, false, List.of(25, 50), feet);
            add(Category.FRICTION, true, List.of(25, 50), feet);
        }

        void add(Category category, boolean increase, List<Integer> percentages, String... parts) {
            for (int percent : percentages) {
                for (String part : parts) {
                    variants.add(new Variant(category, increase, percent, part));
                }
            }
        }
    }
}
