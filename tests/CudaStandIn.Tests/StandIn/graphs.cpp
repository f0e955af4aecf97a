// Graphs are lists: the order in which work was recorded obeys every dependence that the capture saw.
#include "graphs.h"
#include "api.h"
#include <memory>

namespace
{
using Graph = std::shared_ptr<const Operations>;
std::map<void*, Graph> graphs;
std::map<void*, Graph> executables;
std::map<void*, std::unique_ptr<char>> handles; // distinct addresses for executables: several may share one list

int erase(std::map<void*, Graph>& from, void* handle)
{
    return from.erase(handle) == 1 ? Success : refuse(InvalidValue, "no such graph");
}
}

void* make_graph(Operations recorded)
{
    auto graph = std::make_shared<const Operations>(std::move(recorded));
    void* handle = (void*)graph.get();
    graphs[handle] = graph;
    return handle;
}

void destroy_all_graphs()
{
    graphs.clear();
    executables.clear();
    handles.clear();
}

SD_API cuGraphInstantiateWithFlags(void** result, void* graph, unsigned long long)
{
    SD_ENTER(NeedsContext);
    auto found = graphs.find(graph);
    if (found == graphs.end())
    {
        return refuse(InvalidValue, "no such graph");
    }

    auto handle = std::make_unique<char>();
    *result = handle.get();
    executables[handle.get()] = found->second;
    handles[*result] = std::move(handle);
    return Success;
}

SD_API cuGraphLaunch(void* executable, void* stream_handle)
{
    SD_ENTER(NeedsContext);
    auto found = executables.find(executable);
    Stream* stream = find_stream(stream_handle);
    if (found == executables.end() || stream == nullptr)
    {
        return refuse(InvalidValue, "no such graph, or no such stream");
    }

    if (is_capturing(stream))
    {
        return refuse(NotSupported, "the stand-in records no graph inside a graph");
    }

    state.counters.graph_launches++;
    Graph graph = found->second;
    return submit(stream, [graph]
    {
        for (const Operation& operation : *graph)
        {
            operation();
        }
    });
}

SD_API cuGraphDestroy(void* graph)
{
    SD_ENTER(NeedsContext);
    return erase(graphs, graph);
}

SD_API cuGraphExecDestroy(void* executable)
{
    SD_ENTER(NeedsContext);
    int code = flush(); // a destroyed graph that is under way still ends on a device
    handles.erase(executable);
    int erased = erase(executables, executable);
    return code != Success ? code : erased;
}
