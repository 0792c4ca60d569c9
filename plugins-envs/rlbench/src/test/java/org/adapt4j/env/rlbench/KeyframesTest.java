package org.adapt4j.env.rlbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.adapt4j.env.rlbench.expert.Keyframes;
import org.junit.jupiter.api.Test;

/** Recordings written by hand: a digit for each step, 0 for an arm that stands still, and o or c for the gripper. */
final class KeyframesTest {

    @Test
    void aStopAChangeOfTheGripperAndTheEnd() {
        assertThat(keyframes("1111011111", "oooooooooo")).containsExactly(4, 9);
        assertThat(keyframes("1111111111", "oooooccccc")).containsExactly(5, 9);
    }

    @Test
    void aStopOfSeveralStepsCountsOnceInFive() {
        assertThat(keyframes("11110000000011", "oooooooooooooo")).containsExactly(4, 9, 13);
    }

    @Test
    void noStopBesideAChangeOfTheGripper() {
        assertThat(keyframes("1111001111", "oooooccccc")).containsExactly(5, 9);
    }

    @Test
    void ofTwoAdjacentOnesAtTheEndTheEarlierGoes() {
        assertThat(keyframes("1111111111", "oooooooooc")).containsExactly(9);
        assertThat(keyframes("1111111111", "ooooooooco")).containsExactly(9);
    }

    @Test
    void aStopAtTheBeginningStartsThePauseButIsNone() {
        assertThat(keyframes("0001111111", "oooooooooo")).containsExactly(9);
    }

    private static List<Integer> keyframes(String speeds, String gripper) {
        List<double[]> joints = new ArrayList<>();
        List<Boolean> open = new ArrayList<>();
        for (int i = 0; i < speeds.length(); i++) {
            joints.add(new double[] {0, speeds.charAt(i) - '0'});
            open.add(gripper.charAt(i) == 'o');
        }
        return Keyframes.find(joints, open);
    }
}
