#pragma once
#include "streams.h"

// A graph of this recorded work; the handle.
void* make_graph(Operations recorded);

void destroy_all_graphs();
