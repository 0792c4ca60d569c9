package org.adapt4j.env.rlbench.scene;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The things of a task, as they are compiled once: bodies of primitive shapes. Metres, kilograms, radians, in the frame of the body.
 *
 * <p>Every top body stands on its own: {@link #fixed} ones do not move by themselves, {@link #free} ones do. Where they are, and what colour
 * they have, is said anew for every episode.
 */
public final class Objects {

    private final List<Body> bodies = new ArrayList<>();
    private final List<String> graspable = new ArrayList<>();

    /** A body that stays where an episode puts it; its children may move by joints. */
    public Body fixed(String name) {
        return add(new Body(name, "mocap=\"true\" "));
    }

    /** A body that lies, falls and can be carried away. */
    public Body free(String name) {
        Body body = add(new Body(name, ""));
        body.inside.add("<freejoint/>");
        return body;
    }

    private Body add(Body body) {
        bodies.add(body);
        return body;
    }

    /** The gripper holds on to this free body when it closes around it and {@code grasp = attach}. */
    public void graspable(String name) {
        graspable.add(name);
    }

    List<String> graspable() {
        return graspable;
    }

    /** Names of all bodies, and of all joints as {@code joint:name}, in their order. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        bodies.forEach(body -> body.names(names));
        return List.copyOf(names);
    }

    /** The bodies in MJCF. */
    String bodies() {
        StringBuilder text = new StringBuilder();
        bodies.forEach(body -> body.write(text));
        return text.toString();
    }

    /** The constraints in MJCF, which hold when an episode says so. */
    String equalities() {
        StringBuilder text = new StringBuilder();
        for (String name : graspable) {
            text.append("<weld name=\"hold_")
                    .append(name)
                    .append("\" body1=\"hand\" body2=\"")
                    .append(name)
                    .append("\" active=\"false\"/>");
        }
        bodies.forEach(body -> body.latches(text));
        return text.toString();
    }

    static String text(double... numbers) {
        StringBuilder text = new StringBuilder();
        for (double number : numbers) {
            text.append(text.isEmpty() ? "" : " ").append(String.format(Locale.ROOT, "%.9g", number));
        }
        return text.toString();
    }

    /** A body: shapes, at most one joint to its parent, and bodies that hang on it. */
    public static final class Body {
        private final String name;
        private final String attributes;
        private final List<Object> inside = new ArrayList<>();

        private Body(String name, String attributes) {
            this.name = name;
            this.attributes = attributes;
        }

        /** A body that hangs on this one. */
        public Body child(String childName, double x, double y, double z) {
            Body child = new Body(childName, "pos=\"" + text(x, y, z) + "\" ");
            inside.add(child);
            return child;
        }

        /** The joint that turns this body about an axis through its origin. */
        public Joint hinge(String jointName, double x, double y, double z) {
            return joint(jointName, "hinge", x, y, z);
        }

        /** The joint that moves this body along an axis. */
        public Joint slide(String jointName, double x, double y, double z) {
            return joint(jointName, "slide", x, y, z);
        }

        private Joint joint(String jointName, String type, double x, double y, double z) {
            Joint joint = new Joint(jointName, type, text(x, y, z));
            inside.add(joint);
            return joint;
        }

        /** A box by its middle and half its sizes. */
        public Shape box(double x, double y, double z, double hx, double hy, double hz) {
            return shape("box", text(hx, hy, hz)).with("pos", text(x, y, z));
        }

        /** An upright cylinder by its middle, radius and half its height. */
        public Shape cylinder(double x, double y, double z, double radius, double half) {
            return shape("cylinder", text(radius, half)).with("pos", text(x, y, z));
        }

        /** A ball. */
        public Shape sphere(double x, double y, double z, double radius) {
            return shape("sphere", text(radius)).with("pos", text(x, y, z));
        }

        /** An ellipsoid by its middle and its half axes. */
        public Shape ellipsoid(double x, double y, double z, double rx, double ry, double rz) {
            return shape("ellipsoid", text(rx, ry, rz)).with("pos", text(x, y, z));
        }

        /** A rod with round ends, from one end of its axis to the other. */
        public Shape capsule(double x1, double y1, double z1, double x2, double y2, double z2, double radius) {
            return shape("capsule", text(radius)).with("fromto", text(x1, y1, z1, x2, y2, z2));
        }

        /** A rod with flat ends. */
        public Shape rod(double x1, double y1, double z1, double x2, double y2, double z2, double radius) {
            return shape("cylinder", text(radius)).with("fromto", text(x1, y1, z1, x2, y2, z2));
        }

        private Shape shape(String type, String size) {
            Shape shape = new Shape(type, size);
            inside.add(shape);
            return shape;
        }

        /**
         * An upright wall around an axis, of flat boxes: convex shapes are all that touch reliably.
         *
         * @param radius inner, metres
         * @param from height of the lower edge
         * @param sides how many boxes
         * @return all boxes
         */
        public Shapes tube(double x, double y, double radius, double thickness, double from, double height, int sides) {
            List<Shape> wall = new ArrayList<>();
            double half = (radius + thickness) * Math.tan(Math.PI / sides);
            for (int i = 0; i < sides; i++) {
                double angle = 2 * Math.PI * i / sides;
                double middle = radius + thickness / 2;
                wall.add(box(
                                x + middle * Math.cos(angle),
                                y + middle * Math.sin(angle),
                                from + height / 2,
                                thickness / 2,
                                half,
                                height / 2)
                        .turned(0, 0, angle));
            }
            return new Shapes(wall);
        }

        private void write(StringBuilder text) {
            text.append("<body name=\"")
                    .append(name)
                    .append("\" ")
                    .append(attributes)
                    .append(">");
            for (Object part : inside) {
                if (part instanceof Body body) {
                    body.write(text);
                } else {
                    text.append(part);
                }
            }
            text.append("</body>");
        }

        private void names(List<String> names) {
            names.add(name);
            for (Object part : inside) {
                if (part instanceof Joint joint) {
                    names.add("joint:" + joint.name);
                } else if (part instanceof Body body) {
                    body.names(names);
                }
            }
        }

        private void latches(StringBuilder text) {
            for (Object part : inside) {
                if (part instanceof Body body) {
                    body.latches(text);
                } else if (part instanceof Joint joint && joint.latched) {
                    text.append("<joint name=\"latch_")
                            .append(joint.name)
                            .append("\" joint1=\"")
                            .append(joint.name)
                            .append("\" polycoef=\"0 0 0 0 0\" solref=\"0.005 1\"/>");
                }
            }
        }
    }

    /** A joint between a body and its parent. */
    public static final class Joint {
        private final String name;
        private final Map<String, String> attributes = new LinkedHashMap<>();
        private boolean latched;

        private Joint(String name, String type, String axis) {
            this.name = name;
            attributes.put("name", name);
            attributes.put("type", type);
            attributes.put("axis", axis);
        }

        /** Between which positions it moves, radians or metres. */
        public Joint range(double low, double high) {
            return with("range", text(low, high));
        }

        /** Resists by its velocity. */
        public Joint damping(double damping) {
            return with("damping", text(damping));
        }

        /** Resists by a constant force or torque. */
        public Joint friction(double friction) {
            return with("frictionloss", text(friction));
        }

        /** Is drawn back to a position. */
        public Joint spring(double stiffness, double towards) {
            return with("stiffness", text(stiffness)).with("springref", text(towards));
        }

        /** Has inertia of its own, which makes light parts tame. */
        public Joint armature(double armature) {
            return with("armature", text(armature));
        }

        /** Is held at 0 as long as {@code World.latch} says so; at first it does. */
        public Joint latched() {
            latched = true;
            return this;
        }

        private Joint with(String key, String value) {
            attributes.put(key, value);
            return this;
        }

        @Override
        public String toString() {
            return tag("joint", attributes);
        }
    }

    /** A shape of a body; solid, light grey and of the density of water unless it is said otherwise. */
    public static final class Shape {
        private final Map<String, String> attributes = new LinkedHashMap<>();

        private Shape(String type, String size) {
            attributes.put("type", type);
            attributes.put("size", size);
            attributes.put("rgba", "0.7 0.7 0.72 1");
        }

        /** Mass, kg. */
        public Shape mass(double mass) {
            return with("mass", text(mass));
        }

        /** Colour, 0 to 1 each. */
        public Shape colour(double red, double green, double blue) {
            return with("rgba", text(red, green, blue, 1));
        }

        /** A name of its own, to be coloured alone. */
        public Shape named(String name) {
            return with("name", name);
        }

        /** To be seen and not to be touched. */
        public Shape ghost() {
            return with("contype", "0").with("conaffinity", "0");
        }

        /** Good to be held: contacts that resist twisting, and much friction. */
        public Shape grip() {
            return with("condim", "4").with("friction", "1.2 0.02 0.001");
        }

        /** Friction: sliding, twisting, rolling. */
        public Shape friction(double sliding, double twisting, double rolling) {
            return with("friction", text(sliding, twisting, rolling));
        }

        /** How many ways contacts resist: 3 sliding, 4 twisting too, 6 rolling too. */
        public Shape resists(int dimensions) {
            return with("condim", Integer.toString(dimensions));
        }

        /** Turned about x, then y, then z of its own. */
        public Shape turned(double x, double y, double z) {
            return with("euler", text(x, y, z));
        }

        private Shape with(String key, String value) {
            attributes.put(key, value);
            return this;
        }

        @Override
        public String toString() {
            return tag("geom", attributes);
        }
    }

    /**
     * Several shapes that are made alike.
     *
     * @param all of them
     */
    public record Shapes(List<Shape> all) {

        /** Mass of all together, kg. */
        public Shapes mass(double mass) {
            all.forEach(shape -> shape.mass(mass / all.size()));
            return this;
        }

        /** Colour, 0 to 1 each. */
        public Shapes colour(double red, double green, double blue) {
            all.forEach(shape -> shape.colour(red, green, blue));
            return this;
        }

        /** Good to be held. */
        public Shapes grip() {
            all.forEach(Shape::grip);
            return this;
        }
    }

    private static String tag(String name, Map<String, String> attributes) {
        StringBuilder text = new StringBuilder("<").append(name);
        attributes.forEach((key, value) ->
                text.append(' ').append(key).append("=\"").append(value).append('"'));
        return text.append("/>").toString();
    }
}
