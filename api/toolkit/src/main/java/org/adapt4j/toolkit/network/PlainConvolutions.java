package org.adapt4j.toolkit.network;

import java.util.List;
import org.adapt4j.api.algorithm.WeightPlan;

/**
 * A few convolutions without padding, each with a ReLU, and nothing after: what the networks for Atari begin with.
 *
 * @param stages from the pixels up
 */
public record PlainConvolutions(List<Stage> stages) {

    /** Data-efficient Rainbow (van Hasselt et al. 2019): 576 features of 84×84 pixels. */
    public static final PlainConvolutions DATA_EFFICIENT =
            new PlainConvolutions(List.of(new Stage(32, 5, 5), new Stage(64, 5, 5)));

    /** DQN and Rainbow (Mnih et al. 2015, Hessel et al. 2018): 3,136 features of 84×84 pixels. */
    public static final PlainConvolutions CANONICAL =
            new PlainConvolutions(List.of(new Stage(32, 8, 4), new Stage(64, 4, 2), new Stage(64, 3, 1)));

    /** Freezes the list. */
    public PlainConvolutions {
        stages = List.copyOf(stages);
    }

    /**
     * A square convolution.
     *
     * @param channels of its output
     * @param kernel side in pixels
     * @param stride in pixels
     */
    public record Stage(int channels, int kernel, int stride) {

        int side(int side) {
            return side < kernel ? 0 : (side - kernel) / stride + 1;
        }
    }

    /**
     * Numbers of the output for one image.
     *
     * @throws IllegalArgumentException if the image is too small
     */
    public int features(ImageShape image) {
        int height = image.height();
        int width = image.width();
        int channels = image.channels();
        for (Stage stage : stages) {
            height = stage.side(height);
            width = stage.side(width);
            channels = stage.channels();
        }
        if (height < 1 || width < 1) {
            throw new IllegalArgumentException("the convolutions need images of at least " + least() + "×" + least()
                    + " but they are " + image.height() + "×" + image.width());
        }
        return channels * height * width;
    }

    private int least() {
        int side = 1;
        for (int i = stages.size() - 1; i >= 0; i--) {
            side = (side - 1) * stages.get(i).stride() + stages.get(i).kernel();
        }
        return side;
    }

    /**
     * Adds the tensors to a plan, as {@code name/convolution-1/weight} and so on.
     *
     * @return bytes of images to {@code [n, features]}
     */
    public Layer join(WeightPlan layout, String name, ImageShape image, Initialisation init) {
        Stage lowest = stages.get(0);
        Layer all = Layers.convolutionOfBytes(
                        layout,
                        name + "/convolution-1",
                        image,
                        lowest.channels(),
                        lowest.kernel(),
                        lowest.stride(),
                        0,
                        init)
                .then(Layers.relu());
        for (int i = 1; i < stages.size(); i++) {
            Stage stage = stages.get(i);
            all = all.then(Layers.convolution(
                            layout,
                            name + "/convolution-" + (i + 1),
                            stages.get(i - 1).channels(),
                            stage.channels(),
                            stage.kernel(),
                            stage.stride(),
                            0,
                            init))
                    .then(Layers.relu());
        }
        return all.then(Layers.flatten());
    }
}
