package org.adapt4j.env.mujoco.render;

/** Whether something stands between a point and the sun. */
final class Shadow {

    private Shadow() {}

    /**
     * Casts a ray at all geoms but one, which is convex and cannot shade itself where it faces the sun.
     *
     * @param self the geom that the point belongs to
     * @param sun direction to it, of length 1
     */
    static boolean falls(GeomScene scene, int self, double px, double py, double pz, double[] sun) {
        for (int geom = 0; geom < scene.count; geom++) {
            if (geom == self || scene.colours[4 * geom + 3] == 0) {
                continue;
            }
            int g = 3 * geom;
            double x = px - scene.places[g];
            double y = py - scene.places[g + 1];
            double z = pz - scene.places[g + 2];
            double along = x * sun[0] + y * sun[1] + z * sun[2];
            double radius = scene.radii[geom];
            if (along > radius || x * x + y * y + z * z - along * along > radius * radius) {
                continue; // the sphere around it is behind the point or beside the ray
            }
            if (hits(scene, geom, x, y, z, sun)) {
                return true;
            }
        }
        return false;
    }

    private static boolean hits(GeomScene scene, int geom, double x, double y, double z, double[] sun) {
        int g = 3 * geom;
        int r = 9 * geom;
        double[] turns = scene.turns;
        double t = Rays.enter(
                scene.kinds[geom],
                scene.halves[geom],
                (turns[r] * x + turns[r + 3] * y + turns[r + 6] * z) / scene.scales[g],
                (turns[r + 1] * x + turns[r + 4] * y + turns[r + 7] * z) / scene.scales[g + 1],
                (turns[r + 2] * x + turns[r + 5] * y + turns[r + 8] * z) / scene.scales[g + 2],
                (turns[r] * sun[0] + turns[r + 3] * sun[1] + turns[r + 6] * sun[2]) / scene.scales[g],
                (turns[r + 1] * sun[0] + turns[r + 4] * sun[1] + turns[r + 7] * sun[2]) / scene.scales[g + 1],
                (turns[r + 2] * sun[0] + turns[r + 5] * sun[1] + turns[r + 8] * sun[2]) / scene.scales[g + 2]);
        return t > 0 && t < Double.POSITIVE_INFINITY;
    }
}
