/** Fine-tuning by behavioural cloning. */
@NullMarked
package org.adapt4j.method.bcfinetune;

import org.jspecify.annotations.NullMarked;
