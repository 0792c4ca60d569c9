/** Event files for TensorBoard, written without any of its code. */
@NullMarked
package org.adapt4j.runtime.report.tensorboard;

import org.jspecify.annotations.NullMarked;
