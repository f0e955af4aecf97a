using System.Threading;
using SdCompiler.Generator.Emit;
using SdCompiler.Generator.Model;

namespace SdCompiler.Generator;

/// <summary>Model to emitted file: graph, passes, plan, text. A pure function, so that equal models need no second run.</summary>
internal static class ModelCompiler
{
    /// <summary>Compiles a model; for one with a mistake only the face is emitted.</summary>
    public static CompiledModel Compile(LstmModel model, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new CompiledModel(model.HintName, WrongModelFace.Emit(model), default);
    }
}
