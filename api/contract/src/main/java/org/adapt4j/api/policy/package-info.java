/** How an agent acts, and what it remembers between steps. */
@NullMarked
package org.adapt4j.api.policy;

import org.jspecify.annotations.NullMarked;
