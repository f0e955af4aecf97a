using System.Linq;
using System.Threading;
using SdCompiler.Generator.Diagnostics;
using SdCompiler.Generator.Emit;
using SdCompiler.Generator.Emit.Cuda;
using SdCompiler.Generator.Graph;
using SdCompiler.Generator.Model;
using SdCompiler.Generator.Passes;

namespace SdCompiler.Generator;

/// <summary>Model to emitted file: graph, passes, plan, text. A pure function, so that equal models need no second run.</summary>
internal static class ModelCompiler
{
    /// <summary>Compiles a model; for one with a mistake only the face is emitted.</summary>
    public static CompiledModel Compile(LstmModel model, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!model.IsComplete)
        {
            return new CompiledModel(model.HintName, WrongModelFace.Emit(model), default);
        }

        EmitPlan plan = EmitPlan.Build(model, EmitTarget.Cpu, cancellationToken);
        long floats = plan.Bodies.Max(body => body.Graph.WorkspaceFloats);
        if (floats > Limits.Floats)
        {
            DiagnosticInfo tooLarge = DiagnosticInfo.Unplaced(
                DiagnosticDescriptors.WorkspaceTooLarge, plan.Name, Text.Of(floats), Text.Of(model.BatchSize), Text.Of(model.TimeSteps), Text.Of(Limits.Floats));
            return new CompiledModel(model.HintName, WrongModelFace.Emit(model), new([tooLarge]));
        }

        EmitPlan? cuda = model.HasCuda ? EmitPlan.Build(model, EmitTarget.Cuda, cancellationToken) : null;
        SourceWriter writer = new();
        FileHeader.Emit(plan, writer);
        FaceEmitter.Emit(plan, writer);
        writer.Line();
        using (writer.Block("namespace SdCompiler.Generated"))
        {
            writer.Line("using SdCompiler.Runtime;");
            if (cuda is not null)
            {
                writer.Line("using SdCompiler.Runtime.Cuda;");
            }

            writer.Line();
            foreach (BodyPlan body in plan.Bodies)
            {
                cancellationToken.ThrowIfCancellationRequested();
                CpuTrainerEmitter.Emit(plan, body, writer);
                writer.Line();
            }

            if (cuda is not null)
            {
                CommonKernels.Emit(cuda, writer);
                writer.Line();
            }

            foreach (BodyPlan body in cuda?.Bodies ?? [])
            {
                cancellationToken.ThrowIfCancellationRequested();
                CudaTrainerEmitter.Emit(cuda!, body, writer);
                writer.Line();
            }

            if (model.HasSource)
            {
                TranslatorEmitter.Emit(plan, writer);
            }
            else if (model.IsSentenceModel)
            {
                SentencePredictorEmitter.Emit(plan, writer);
            }
            else
            {
                PredictorEmitter.Emit(plan, writer);
            }

            writer.Line();
            PartsEmitter.Emit(plan, cuda, writer);
        }

        return new CompiledModel(model.HintName, writer.ToString(), default);
    }
}
