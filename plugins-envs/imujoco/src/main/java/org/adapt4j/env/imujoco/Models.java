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
import org.adapt4j.env.mujoco.PhysicsException;
import org.adapt4j.env.mujoco.Simulation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.w3c.dom.Element;

/** Makes the models of tasks: ours changed by rules, or a user's files. */
final class Models {

    private static final Logger LOG = LoggerFactory.getLogger(Models.class);

    /** A part that lies this much lower than in the base model raises the body; less is rounding. */
    private static final double NOTICEABLE = 1e-9;

    /** A model that nobody moves is watched for so long. */
    private static final double TRIAL_SECONDS = 0.5;

    private static final int MOST_TRIAL_STEPS = 1000;

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
        String name = body.word() + "/" + variant.map(Variant::name).orElse(ImujocoBenchmark.BASE);
        if (settings.xmlFolder().isPresent()) {
            Path file = file(settings.xmlFolder().get(), variant);
            return tried(OwnModel.read(file.toString(), file).compile());
        }
        if (settings.xml().isEmpty()) {
            return checked(Model.parse(name, texts.computeIfAbsent(name, key -> ours(variant))));
        }
        Path file = settings.xml().get();
        OwnModel own = OwnModel.read(file.toString(), file);
        Model whole = tried(own.compile());
        if (variant.isEmpty()) {
            return whole;
        }
        // MuJoCo has accepted the file, so that what is wrong with it was said in its words.
        whole.close();
        return tried(changed(own.tree(), variant.get()).compile(file + " as " + name));
    }

    private String ours(Optional<Variant> variant) {
        return (variant.isEmpty() ? base() : changed(base(), variant.get())).text();
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

    private Mjcf changed(Mjcf text, Variant variant) {
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
        return text;
    }

    /** Height of the lowest point of a body's capsules and spheres in the initial state. */
    private double lowest(Mjcf text) {
        try (Model model = text.compile(body.word());
                Simulation simulation = new Simulation(model)) {
            return simulation.lowestPoint();
        }
    }

    /** Refuses a user's model that cannot be played, so that nobody takes for a low score what is no score. */
    private Model tried(Model model) {
        checked(model);
        String problem = "";
        try (Simulation simulation = new Simulation(model)) {
            simulation.reset();
            simulation.forward();
            boolean stands = body.isHealthy(simulation.qpos(), simulation.qvel());
            int steps = (int) Math.min(MOST_TRIAL_STEPS, Math.ceil(TRIAL_SECONDS / model.timestep()));
            if (!(model.timestep() > 0)) {
                problem = "its timestep is " + model.timestep() + " s, but time must go on. Set one above 0";
            } else if (!simulation.step(steps)) {
                problem = "its simulation diverges within " + TRIAL_SECONDS
                        + " s even if no motor moves: numbers become huge"
                        + " or not a number. Try a smaller timestep, and look at masses, stiffness and what touches at the start";
            } else if (!stands && settings.terminateWhenUnhealthy()) {
                problem = "it starts fallen by the rules of a " + body.word()
                        + ", so that every episode would end at once."
                        + " Start it upright, or set terminate-when-unhealthy = false";
            }
        } catch (PhysicsException e) {
            problem = String.valueOf(e.getMessage());
        }
        if (!problem.isEmpty()) {
            model.close();
            throw new UnplayableTaskException(model.name() + ": " + problem);
        }
        return model;
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
