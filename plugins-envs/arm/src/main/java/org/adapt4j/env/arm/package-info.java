/**
 * Kinematics and planning of serial robot arms in MuJoCo models: inverse kinematics by damped least squares, straight lines, RRT-Connect,
 * trapezoid timing. Knows no task and no particular arm.
 */
@NullMarked
package org.adapt4j.env.arm;

import org.jspecify.annotations.NullMarked;
