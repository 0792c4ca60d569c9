package org.adapt4j.toolkit.recording;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The frames of a recorded arm that a macro action leads to: where the gripper changed, where the arm stood still, and the last one
 * (James et al. 2022, C2F-ARM, section 4.3; thresholds and order of the tests as in its authors' code). Needs the speeds of the joints, which no
 * learner sees, so data sets find them and hand out macro steps.
 */
public final class Keyframes {

    /** Fastest joint of an arm that stands still, in radians a second; this speed itself included. */
    public static final double STILL = 0.1;

    /** Frames after a stop in which none is looked for. */
    private static final int PAUSE = 4;

    private Keyframes() {}

    /**
     * Finds them. Frames before the first are those at the end of the recording, as in the authors' code.
     *
     * @param gripperOpen of each frame
     * @param fastestJoint largest absolute speed of a joint of each frame, in radians a second
     * @return indices of frames, ascending, never 0; of a single frame none
     */
    public static int[] find(boolean[] gripperOpen, double[] fastestJoint) {
        int frames = gripperOpen.length;
        if (fastestJoint.length != frames) {
            throw new IllegalArgumentException(fastestJoint.length + " speeds for " + frames + " frames");
        }
        List<Integer> found = new ArrayList<>();
        int pause = 0;
        for (int i = 0; i < frames; i++) {
            boolean stopped = pause <= 0 && fastestJoint[i] <= STILL && i < frames - 2 && gripperIsKept(gripperOpen, i);
            pause = stopped ? PAUSE : pause - 1;
            if (i > 0 && (gripperOpen[i] != gripperOpen[i - 1] || i == frames - 1 || stopped)) {
                found.add(i);
            }
        }
        int last = found.size() - 1;
        if (last > 0 && found.get(last - 1) == found.get(last) - 1) {
            found.remove(last - 1);
        }
        return found.stream().mapToInt(Integer::intValue).toArray();
    }

    private static boolean gripperIsKept(boolean[] open, int i) {
        int frames = open.length;
        boolean before = open[Math.floorMod(i - 1, frames)];
        return open[i] == open[i + 1] && open[i] == before && open[Math.floorMod(i - 2, frames)] == before;
    }

    /**
     * The episodes of macro steps within one recording: from the first frame and, so that one recording teaches more, from every so many
     * frames after it, on to each later keyframe (section 4.4 of the paper).
     *
     * @param keyframes from {@link #find}
     * @param frames of the recording
     * @param every frames between two starts; at least {@code frames} for the first one alone
     * @return of each episode the frames that it visits, its start first: one action less than frames
     */
    public static List<int[]> episodes(int[] keyframes, int frames, int every) {
        if (every < 1) {
            throw new IllegalArgumentException("starts must be at least 1 frame apart but are " + every);
        }
        List<int[]> episodes = new ArrayList<>();
        for (int start = 0; start < frames - 1; start += Math.min(every, frames)) {
            int first = start;
            int[] later = Arrays.stream(keyframes).filter(k -> k > first).toArray();
            if (later.length == 0) {
                break;
            }
            int[] visited = new int[later.length + 1];
            visited[0] = start;
            System.arraycopy(later, 0, visited, 1, later.length);
            episodes.add(visited);
        }
        return episodes;
    }
}
