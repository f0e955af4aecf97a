using System.Collections.Generic;
using System.Linq;
using SdCompiler.Generator.Graph;

namespace SdCompiler.Generator.Emit;

/// <content>Recurrent weights of which single ones are dropped: the chain reads a copy.</content>
internal sealed partial class CpuTrainerEmitter
{
    /// <summary>The nodes that drop single weights, one for each matrix.</summary>
    private IEnumerable<Node> DroppedWeights => _graph.Nodes.Where(node => node.Kind == NodeKind.MaskedWeights);

    private string DroppedField(Node node) => "Dropped" + Parameter(node, 0);

    /// <summary>What a chain multiplies the state with: the matrix itself, or its dropped copy while training.</summary>
    private string RecurrentWeights(Node chain) =>
        DroppedWeights.Any(node => node.Parameters[0] == chain.Parameters[0]) ? DroppedField(chain) + ".Of(w)" : Parameter(chain, 0);
}
