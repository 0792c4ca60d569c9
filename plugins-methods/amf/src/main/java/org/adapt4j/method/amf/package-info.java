/** Active multi-task fine-tuning: which task to ask a demonstration of next, and how not to forget. */
@NullMarked
package org.adapt4j.method.amf;

import org.jspecify.annotations.NullMarked;
