package org.adapt4j.method.selection;

import java.util.Optional;
import java.util.Set;
import org.adapt4j.api.algorithm.ExpertPosterior;
import org.adapt4j.api.algorithm.LastLayer;
import org.adapt4j.api.settings.Check;
import org.adapt4j.toolkit.kernel.Gram;
import org.apiguardian.api.API;

/**
 * How alike two steps of demonstrations are, and how sure an expert's action is: settings that strategies share, and the distribution they
 * stand for.
 *
 * @param type of kernel
 * @param ridge variance of an action's noise on the scale of the kernel; a belief has its own
 * @param normalise whether to divide by the mean diagonal first, so that the ridge means the same whatever the policy
 * @param bias whether the last layer's bias counts
 * @param lengthScale of a radial kernel over observations
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record StepKernel(Type type, double ridge, boolean normalise, boolean bias, double lengthScale) {

    /** Kinds of kernel. */
    public enum Type {
        /** Gradients of the imitation loss in the last layer; prior variance is large where the policy fails the expert. */
        GRADIENT,
        /** What the last layer reads. */
        LAST_LAYER,
        /** What the algorithm itself believes, such as a Gaussian process. */
        BELIEF,
        /** A radial kernel over observations, whatever was learned. */
        RBF
    }

    /** Checks the numbers. */
    public StepKernel {
        Check.notNegative("ridge", ridge);
        Check.positive("length-scale", lengthScale);
    }

    /** What an algorithm must be able to do. */
    public Set<Class<?>> abilities() {
        return switch (type) {
            case GRADIENT, LAST_LAYER -> Set.of(LastLayer.class);
            case BELIEF -> Set.of(ExpertPosterior.class);
            case RBF -> Set.of();
        };
    }

    /** Half a sentence: why it must. */
    public String because() {
        return switch (type) {
            case GRADIENT, LAST_LAYER -> "the kernel compares what the last layer of a policy reads and answers";
            case BELIEF -> "the kernel is what the algorithm itself believes about the expert";
            case RBF -> "";
        };
    }

    /** Why information cannot be measured with it, in a sentence that says what to do; empty if it can. */
    public Optional<String> objectionToInformation() {
        return ridge > 0 || type == Type.BELIEF
                ? Optional.empty()
                : Optional.of(
                        "a demonstration without noise tells infinitely much; set adapt.selector.kernel.ridge above 0");
    }

    /** The distribution of the expert's actions over the points of some views. */
    public Posterior posterior(Views views) {
        return switch (type) {
            case GRADIENT, LAST_LAYER -> posterior(views, views.embedded());
            case BELIEF -> Posterior.of(views.beliefCovariance(), views.beliefNoise());
            case RBF -> Posterior.of(Gram.rbf(views.inputs(), lengthScale, 1), ridge);
        };
    }

    /** The same where the points were embedded before. */
    public Posterior posterior(Views views, Views.Embedded embedded) {
        double[][] gram = type == Type.GRADIENT
                ? Gram.lossGradient(
                        embedded.features(),
                        Imitation.residuals(views.isDiscrete(), embedded.outputs(), views.actions()),
                        views.isDiscrete() ? 1 : 2,
                        bias)
                : Gram.lastLayer(embedded.features(), bias);
        if (normalise) {
            Gram.normalise(gram);
        }
        return Posterior.of(gram, ridge);
    }
}
