/** States of policies that several algorithms share. */
@NullMarked
package org.adapt4j.toolkit.policy;

import org.jspecify.annotations.NullMarked;
