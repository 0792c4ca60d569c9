/** Fine-tuning, and training from scratch. */
@NullMarked
package org.adapt4j.method.finetune;

import org.jspecify.annotations.NullMarked;
