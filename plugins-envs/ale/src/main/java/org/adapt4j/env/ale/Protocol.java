package org.adapt4j.env.ale;

import org.adapt4j.api.settings.Check;

/**
 * How games are played: from frames to steps, from screens to observations, and what ends an episode.
 *
 * @param frameSkip frames for which an action is held; the emulator draws each, the agent sees the last
 * @param maxOfTwoFrames shows the brighter of the last two frames, against sprites that flicker; not with a frame skip of 1
 * @param resize how a screen becomes 84 by 84
 * @param stack frames in an observation
 * @param noOpStarts a game begins with 0 to so many frames without action, drawn uniformly
 * @param rewardClip bound on the size of rewards, in training only; 0 for none
 * @param lifeLossEnds whether a lost life ends an episode, in training only
 * @param actionSet which actions a game offers
 * @param stickyActions probability with which a frame repeats the action of the frame before, whatever was chosen
 * @param maxFrames after so many frames a game is cut off
 */
public record Protocol(
        int frameSkip,
        boolean maxOfTwoFrames,
        Resize resize,
        int stack,
        int noOpStarts,
        double rewardClip,
        boolean lifeLossEnds,
        ActionSet actionSet,
        double stickyActions,
        int maxFrames) {

    /** Checks the ranges. */
    public Protocol {
        Check.between("frame-skip", frameSkip, 1, 1000);
        Check.between("stack", stack, 1, 64);
        Check.between("no-op-starts", noOpStarts, 0, 1000);
        Check.notNegative("reward-clip", rewardClip);
        Check.that(
                stickyActions >= 0 && stickyActions < 1,
                "sticky-actions",
                "must lie in [0, 1) but is " + stickyActions);
        Check.that(
                maxFrames > noOpStarts,
                "max-frames",
                "must be above the " + noOpStarts + " of no-op-starts but is " + maxFrames);
    }

    /** Longest game in steps. */
    int maxSteps() {
        return (maxFrames + frameSkip - 1) / frameSkip;
    }
}
