package org.adapt4j.env.mujoco.binding;

import org.bytedeco.javacpp.annotation.Platform;
import org.bytedeco.javacpp.annotation.Properties;
import org.bytedeco.javacpp.tools.Info;
import org.bytedeco.javacpp.tools.InfoMap;
import org.bytedeco.javacpp.tools.InfoMapper;

/**
 * Tells JavaCPP how to make the Java side of MuJoCo's C API from its headers. Names on the right of {@code preload} are the
 * libraries that Debian's and Ubuntu's builds of MuJoCo need; those that a build does without are not there and not missed.
 */
@Properties(
        target = "org.adapt4j.env.mujoco.binding",
        global = "org.adapt4j.env.mujoco.binding.MuJoCo",
        value =
                @Platform(
                        value = "linux-x86_64",
                        include = {
                            "mujoco/mjtnum.h",
                            "mujoco/mjmodel.h",
                            "mujoco/mjdata.h",
                            "mujoco/mjvisualize.h",
                            "mujoco/mjrender.h",
                            "mujoco/mjui.h",
                            "mujoco/mujoco.h",
                            "adapt4j_mujoco.h"
                        },
                        compiler = "cpp17",
                        link = "mujoco",
                        preload = {"ccd@.2", "lodepng@.0", "qhull_r@.8.0", "tinyxml2@.9", "tinyxml2@.10", "tinyxml2@.11"
                        }))
public class MuJoCoPreset implements InfoMapper {

    /** Each is declared as {@code mjX_} and used as {@code mjX}. */
    private static final String STRUCTS =
            "Model Data VFS Option Visual Statistic Contact LROpt WarningStat TimerStat SolverStat vPerturb vCamera"
                    + " vGLCamera vGeom vLight vOption vScene vFigure rRect rContext uiState uiThemeSpacing uiThemeColor"
                    + " uiItem uiSection UI uiDef";

    @Override
    public void map(InfoMap infos) {
        infos.put(new Info("mjtNum").cast().valueTypes("double").pointerTypes("DoublePointer", "double[]"));
        infos.put(new Info("MJAPI", "MJLOCAL").cppTypes().annotations());
        infos.put(new Info("mjUSEDOUBLE").define());
        infos.put(new Info("mjUSESINGLE").define(false));
        // Macros that take arguments or stand for functions, tables of pointers, and the user interface's own toolkit.
        infos.put(new Info("mjMARKSTACK", "mjFREESTACK", "mjDISABLED", "mjENABLED", "mjMAX", "mjMIN").skip());
        for (String word : "sqrt exp sin cos tan asin acos atan2 tanh pow abs log log10 floor ceil".split(" ")) {
            infos.put(new Info("mju_" + word).skip());
        }
        infos.put(new Info(
                        "mjCOLLISIONFUNC",
                        "mjfCollision",
                        "mjVISSTRING",
                        "mjRNDSTRING",
                        "mju_user_error",
                        "mju_user_warning",
                        "mju_user_malloc",
                        "mju_user_free",
                        "a4j_throw")
                .skip());
        for (String struct : STRUCTS.split(" ")) {
            infos.put(new Info("mj" + struct + "_").pointerTypes("mj" + struct));
        }
    }
}
