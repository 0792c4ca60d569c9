package org.adapt4j.env.imujoco;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.adapt4j.api.benchmark.UnplayableTaskException;
import org.adapt4j.env.mujoco.Model;
import org.adapt4j.env.mujoco.MujocoVersion;
import org.adapt4j.env.mujoco.Simulation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.w3c.dom.Element;

/** Makes the models of tasks: ours changed by rules, or a user's files. */
final class Models {

    private static final Logger LOG = LoggerFactory.getLogger(Models.class);

    /** A part that lies this much lower than in the base model raises the body; less is rounding. */
    private static final double NOTICEABLE = 1e-9;

    private final ImujocoBenchmark.Settings settings;
    private final Body body;
    private final Edits edits;

    /** Texts of our models by task: making them takes longer than compiling them. */
    private final Map<String, String> texts = new ConcurrentHashMap<>();

    Models(ImujocoBenchmark.Settings settings) {
        this.settings = settings;
        body = settings.body();
        edits = new Edits(body, settings.keepTotalMass(), settings.scaleFloorFriction());
    }

    /**
     * Compiles the model of a task; the caller closes it.
     *
     * @param variant empty for the unmodified body
     */
    Model compile(Optional<Variant> variant) {
        if (settings.xmlFolder().isPresent()) {
            return checked(Model.load(file(settings.xmlFolder().get(), variant)));
        }
        String name = body.word() + "/" + variant.map(Variant::name).orElse(ImujocoBenchmark.BASE);
        if (settings.xml().isEmpty()) {
            return checked(Model.parse(name, texts.computeIfAbsent(name, key -> ours(variant))));
        }
        Path own = settings.xml().get();
        Model whole = checked(Model.load(own));
        if (variant.isEmpty()) {
            return whole;
        }
        // MuJoCo has accepted the file, so that what is wrong with it was said in its words.
        whole.close();
        return checked(Model.parse(own + " as " + name, changed(Mjcf.parse(own.toString(), read(own)), variant.get())));
    }

    private String ours(Optional<Variant> variant) {
        return variant.isEmpty() ? base().text() : changed(base(), variant.get());
    }

    private Path file(Path folder, Optional<Variant> variant) {
        String name = body.word()
                + variant.map(change ->
                                "-" + change.name().replaceFirst("-", "_").replaceFirst("-", "_"))
                        .orElse("")
                + ".xml";
        Path file = folder.resolve(name);
        if (!Files.isRegularFile(file)) {
            throw new UnplayableTaskException("xml-folder: there is no " + file
                    + "; files must be named as the authors name them, such as hopper-massinc_300_torsogeom.xml, and "
                    + body.word() + ".xml for the unmodified body");
        }
        LOG.info("{} is read from {}", variant.map(Variant::name).orElse(ImujocoBenchmark.BASE), file);
        return file;
    }

    /** Our text of the unmodified body. */
    private Mjcf base() {
        String file = body.word() + ".xml";
        try (InputStream in = Models.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is not in the jar");
            }
            Mjcf text = Mjcf.parse(file, new String(in.readAllBytes(), StandardCharsets.UTF_8));
            if (body == Body.WALKER2D && settings.rules() == ImujocoBenchmark.Rules.V5) {
                Mjcf.set(text.part("geom", "footgeom"), "friction", 1.9, 0.1, 0.1);
            }
            if (Model.version().isAtLeast(MujocoVersion.MARGINS_ADD)) {
                halveMargins(text);
            }
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Keeps contacts as they were in a MuJoCo that adds the margins of both geoms. */
    static void halveMargins(Mjcf text) {
        text.each("geom", geom -> {
            if (geom.hasAttribute("margin")) {
                Mjcf.set(geom, "margin", Double.parseDouble(geom.getAttribute("margin")) / 2);
            }
        });
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String changed(Mjcf text, Variant variant) {
        double ground = variant.category() == Category.LENGTH ? lowest(text) : 0;
        edits.apply(variant, text);
        if (variant.category() == Category.LENGTH) {
            double below = ground - lowest(text);
            if (below > NOTICEABLE) {
                Element root = text.elements("body").get(0);
                double[] place = text.numbers(root, "pos");
                place = place.length == 0 ? new double[3] : place;
                Mjcf.set(root, "pos", place[0], place[1], place[2] + below);
            }
        }
        return text.text();
    }

    /** Height of the lowest point of a body's capsules and spheres in the initial state. */
    private double lowest(Mjcf text) {
        try (Model model = Model.parse(body.word(), text.text());
                Simulation simulation = new Simulation(model)) {
            return simulation.lowestPoint();
        }
    }

    /** Refuses a model that the body's rules do not fit. */
    private Model checked(Model model) {
        List<String> joints = model.joints();
        List<String> driven = model.drivenJoints();
        String problem = "";
        if (!joints.equals(body.joints())) {
            problem = "its joints are " + joints + ", but a " + body.word() + " has " + body.joints();
        } else if (!driven.equals(body.drivenJoints())) {
            problem = "its motors drive " + driven + ", but a " + body.word() + "'s drive " + body.drivenJoints();
        } else if (model.positions() != joints.size() || model.velocities() != joints.size()) {
            problem = "its joints take " + model.positions() + " positions, but a " + body.word() + "'s take "
                    + joints.size() + ", one each (slide or hinge)";
        }
        if (!problem.isEmpty()) {
            model.close();
            throw new UnplayableTaskException(model.name() + ": " + problem
                    + "; policies and rules of this body would not fit. Use the same joints in the same order,"
                    + " or another body");
        }
        return model;
    }
}
