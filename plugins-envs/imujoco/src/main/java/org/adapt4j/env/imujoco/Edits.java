package org.adapt4j.env.imujoco;

import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/**
 * How a variant changes a model's text. The paper names the parts and percentages; where it is
 * silent the rules are ours:
 *
 * <ol>
 *   <li>mass: the density of the one geom is scaled. A body whose total mass is fixed (halfcheetah) is weighed first and
 *       then left alone, so that the other parts keep their masses; {@code keep-total-mass} undoes this.
 *   <li>joint: both ends of its range are scaled.
 *   <li>length: both ends of the geom's capsule move away from an anchor, radius and density stay, no other part moves.
 *   <li>friction: the first friction number of the foot is scaled; with {@code scale-floor-friction} the floor's too.
 * </ol>
 */
final class Edits {

    /** MuJoCo's default, kg/m³. */
    private static final double DENSITY = 1000;

    /** MuJoCo's default. */
    private static final double[] FRICTION = {1, 0.005, 0.0001};

    /**
     * Density of every part of halfcheetah once its total mass of 14 kg is no longer fixed: 1000 · 14 / 21.183717375253927, which
     * is what its parts weigh at MuJoCo's density.
     */
    private static final double FROZEN_DENSITY = 660.8849500774735;

    /** Colour of the part that a variant changes. */
    private static final double[] CHANGED = {0.78, 0.20, 0.18, 1};

    private final Body body;
    private final boolean keepTotalMass;
    private final boolean scaleFloorFriction;

    Edits(Body body, boolean keepTotalMass, boolean scaleFloorFriction) {
        this.body = body;
        this.keepTotalMass = keepTotalMass;
        this.scaleFloorFriction = scaleFloorFriction;
    }

    /** Applies a variant. */
    void apply(Variant variant, Mjcf model) {
        double factor = variant.factor();
        switch (variant.category()) {
            case MASS -> {
                freeze(model);
                Element geom = model.part("geom", variant.part());
                scaleMass(model, geom, factor);
                highlight(geom);
            }
            case JOINT -> {
                Element joint = model.part("joint", variant.part());
                double[] range = model.numbers(joint, "range");
                if (range.length != 2) {
                    throw model.unfit(joint, "has no range, which this variant changes");
                }
                Mjcf.set(joint, "range", factor * range[0], factor * range[1]);
                highlight((Element) ((Element) joint.getParentNode())
                        .getElementsByTagName("geom")
                        .item(0));
            }
            case LENGTH -> {
                freeze(model);
                stretch(model, variant.part(), factor);
                highlight(model.part("geom", variant.part()));
            }
            case FRICTION -> {
                scaleFriction(model, model.part("geom", variant.part()), factor);
                highlight(model.part("geom", variant.part()));
                if (scaleFloorFriction) {
                    scaleFriction(model, model.part("geom", "floor"), factor);
                }
            }
        }
    }

    /** Shows people which part is another. */
    private static void highlight(@Nullable Element geom) {
        if (geom != null) {
            Mjcf.set(geom, "rgba", CHANGED);
        }
    }

    private void freeze(Mjcf model) {
        if (keepTotalMass) {
            return;
        }
        boolean[] fixed = new boolean[1];
        model.each("compiler", compiler -> {
            fixed[0] |= compiler.hasAttribute("settotalmass");
            compiler.removeAttribute("settotalmass");
        });
        if (fixed[0]) {
            for (Element geom : model.elements("geom")) {
                if (!geom.getParentNode().getNodeName().equals("worldbody")) {
                    Mjcf.set(geom, "density", FROZEN_DENSITY);
                }
            }
        }
    }

    /** A user's geom may tell its mass instead of its density; where a body tells its own, its geoms weigh nothing. */
    private static void scaleMass(Mjcf model, Element geom, double factor) {
        boolean[] fromGeoms = new boolean[1];
        model.each(
                "compiler",
                compiler ->
                        fromGeoms[0] |= compiler.getAttribute("inertiafromgeom").equals("true"));
        if (!fromGeoms[0]
                && ((Element) geom.getParentNode())
                                .getElementsByTagName("inertial")
                                .item(0)
                        instanceof Element inertial
                && inertial.getParentNode() == geom.getParentNode()) {
            throw model.unfit(
                    geom,
                    "has a body with an inertial of its own, so that its density, which this variant changes, does not count."
                            + " Take the inertial out, or set inertiafromgeom=\"true\"");
        }
        double[] mass = model.numbers(geom, "mass");
        if (mass.length == 0) {
            Mjcf.set(geom, "density", factor * density(model, geom));
        } else {
            Mjcf.set(geom, "mass", factor * mass[0]);
        }
    }

    private static double density(Mjcf model, Element geom) {
        double[] density = model.numbers(geom, "density");
        return density.length == 0 ? DENSITY : density[0];
    }

    private static void scaleFriction(Mjcf model, Element geom, double factor) {
        double[] given = model.numbers(geom, "friction");
        double[] friction = FRICTION.clone();
        System.arraycopy(given, 0, friction, 0, given.length);
        friction[0] *= factor;
        Mjcf.set(geom, "friction", friction);
    }

    private void stretch(Mjcf model, String part, double factor) {
        Element geom = model.part("geom", part);
        double[] anchor = body.anchors().entrySet().stream()
                .filter(entry -> entry.getKey().replace("_", "").equals(part))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(part + " has no anchor"));
        boolean isTurned = Stream.of("euler", "xyaxes", "zaxis").anyMatch(way -> model.numbers(geom, way).length > 0);
        if (isTurned
                || !model.word(geom, "type").equals("capsule")
                || model.numbers(geom, "size").length == 0
                || (model.numbers(geom, "fromto").length == 0 && model.numbers(geom, "size").length < 2)) {
            throw model.unfit(
                    geom,
                    "must be a capsule, by size or fromto and turned by quat or axisangle if at all, for its length to change");
        }
        double[] ends = ends(model, geom);
        for (int i = 0; i < ends.length; i++) {
            ends[i] = anchor[i % 3] + factor * (ends[i] - anchor[i % 3]);
        }
        double radius = model.numbers(geom, "size")[0];
        for (String replaced : new String[] {"pos", "quat", "axisangle", "euler", "xyaxes", "zaxis"}) {
            geom.removeAttribute(replaced);
        }
        Mjcf.set(geom, "fromto", ends);
        Mjcf.set(geom, "size", radius);
    }

    /** Both ends of a capsule; the first lies where its axis points. */
    private static double[] ends(Mjcf model, Element geom) {
        double[] ends = model.numbers(geom, "fromto");
        if (ends.length == 6) {
            return ends;
        }
        double[] place = model.numbers(geom, "pos");
        double half = model.numbers(geom, "size")[1];
        double[] axis = axis(model, geom);
        ends = new double[6];
        for (int i = 0; i < 3; i++) {
            double middle = place.length == 0 ? 0 : place[i];
            ends[i] = middle + half * axis[i];
            ends[3 + i] = middle - half * axis[i];
        }
        return ends;
    }

    /** The local z axis of a geom, turned as its quaternion says. */
    private static double[] axis(Mjcf model, Element geom) {
        double[] q = model.numbers(geom, "quat");
        double[] turn = model.numbers(geom, "axisangle");
        if (turn.length == 4) {
            double angle = model.isInDegrees() ? Math.toRadians(turn[3]) : turn[3];
            double sine = Math.sin(angle / 2);
            q = new double[] {Math.cos(angle / 2), sine * turn[0], sine * turn[1], sine * turn[2]};
        }
        if (q.length == 0) {
            return new double[] {0, 0, 1};
        }
        return new double[] {
            2 * (q[1] * q[3] + q[0] * q[2]),
            2 * (q[2] * q[3] - q[0] * q[1]),
            q[0] * q[0] - q[1] * q[1] - q[2] * q[2] + q[3] * q[3]
        };
    }
}
