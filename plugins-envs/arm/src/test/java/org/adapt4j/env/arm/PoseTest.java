package org.adapt4j.env.arm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class PoseTest {

    private static final double TINY = 1e-12;

    @Test
    void aHandThatPointsDownApproachesDownwards() {
        Pose hand = Pose.topDown(1, 2, 3, 0);

        assertThat(hand.direction(0, 0, 1)).containsExactly(new double[] {0, 0, -1}, within(TINY));
        assertThat(hand.direction(1, 0, 0)).containsExactly(new double[] {1, 0, 0}, within(TINY));
        assertThat(hand.ahead(0, 0, 0.1).z()).isCloseTo(2.9, within(TINY));
    }

    @Test
    void facingPutsTheAxesWhereTheyWereAsked() {
        Pose hand = Pose.facing(new double[3], new double[] {1, 0, 0}, new double[] {0, 0, 1});

        assertThat(hand.direction(0, 0, 1)).containsExactly(new double[] {1, 0, 0}, within(TINY));
        assertThat(hand.direction(0, 1, 0)).containsExactly(new double[] {0, 0, 1}, within(TINY));
    }

    @Test
    void posesAreComposedAndInverted() {
        Pose one = Pose.at(1, 0, 0, Math.PI / 2);
        Pose other = Pose.at(1, 0, 0, 0.3);

        Pose both = one.times(other);

        assertThat(both.distance(1, 1, 0)).isLessThan(TINY);
        assertThat(both.yaw()).isCloseTo(Math.PI / 2 + 0.3, within(TINY));
        Pose nothing = both.inverse().times(both);
        assertThat(nothing.distance(0, 0, 0)).isLessThan(TINY);
        assertThat(nothing.angle(Pose.at(0, 0, 0))).isLessThan(1e-7);
    }

    @Test
    void turningCarriesPlaceAndOrientationAlong() {
        Pose turned = Pose.at(2, 0, 0).turned(new double[] {1, 0, 0}, new double[] {0, 0, 1}, Math.PI / 2);

        assertThat(turned.distance(1, 1, 0)).isLessThan(TINY);
        assertThat(turned.yaw()).isCloseTo(Math.PI / 2, within(TINY));
    }

    @Test
    void rotationVectorsLeadFromOneOrientationToTheOther() {
        double[] from = Pose.at(0, 0, 0, 0.4).quaternion();
        double[] to = Pose.topDown(0, 0, 0, 0.2).quaternion();
        double[] vector = new double[3];
        double[] there = new double[4];

        Rotation.between(from, to, vector);
        Rotation.along(from, vector, 1, there);

        double dot = 0;
        for (int i = 0; i < 4; i++) {
            dot += there[i] * to[i];
        }
        assertThat(Math.abs(dot)).isCloseTo(1, within(TINY));
    }

    @Test
    void anglesAreFoldedByWholePeriods() {
        assertThat(Pose.fold(3, Math.PI)).isCloseTo(3 - Math.PI, within(TINY));
        assertThat(Pose.fold(-1, Math.PI)).isEqualTo(-1);
    }
}
