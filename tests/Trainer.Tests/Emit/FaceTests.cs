using System.Linq;
using SdCompiler.Trainer.Tests.Harness;
using Xunit;

namespace SdCompiler.Trainer.Tests.Emit;

/// <summary>Emitted files compile without one message wherever a user may put a model, with hostile settings: every warning an error, checked, nullable off, documentation demanded.</summary>
public sealed class FaceTests
{
    private const string Layers = """
            [Embedding(20, 4)] public partial EmbeddingLayer Words { get; }
            [Lstm(5, InputDropout = 0.5)] public partial LstmLayer Memory { get; }
            [Softmax(20)] public partial SoftmaxLayer Next { get; }
        """;

    public static TheoryData<string, string> Places => new()
    {
        { "global namespace", $"using SdCompiler; [StructuredDropoutLstm] public partial class Model {{ {Layers} }}" },
        { "internal", $"using SdCompiler; namespace Compiled {{ [StructuredDropoutLstm] internal partial class Model {{ {Layers} }} }}" },
        { "sealed with a base", $"using SdCompiler; namespace Compiled {{ internal class Base {{ public int Of = 1; }} [StructuredDropoutLstm] internal sealed partial class Model : Base, System.IDisposable {{ public void Dispose() {{ }} {Layers} }} }}" },
        { "nested", $"using SdCompiler; namespace Compiled {{ internal static partial class Outer {{ public partial struct Inner {{ [StructuredDropoutLstm] internal partial class Model {{ {Layers} }} }} }} }}" },
        { "a namespace called SdCompiler", $"using SdCompiler; namespace Compiled.SdCompiler {{ [StructuredDropoutLstm] internal partial class Model {{ {Layers} }} }}" },
        { "names of the runtime", $"using SdCompiler; namespace Compiled {{ internal class Workspace {{ }} internal class Lane {{ }} internal class System {{ }} [StructuredDropoutLstm] internal partial class Predictor2 {{ {Layers} }} [StructuredDropoutLstm] internal partial class PredictorBody {{ {Layers} }} }}" },
        { "a model called like a body's base", $"using SdCompiler; namespace Compiled {{ [StructuredDropoutLstm] internal partial class Trainer2 {{ {Layers} }} internal static class Window {{ }} internal static class LstmCell {{ }} }}" },
        {
            "keywords", """
            using SdCompiler;
            namespace Compiled.@event
            {
                internal enum @enum { [Variant] @class, [Variant(Pattern = DropoutPattern.Random)] @struct }

                [StructuredDropoutLstm(Variants = typeof(@enum))]
                internal partial class @params
                {
                    [Dimension] public partial int @int { get; }
                    [Embedding(nameof(@int), 4, WordDropout = 0.5)] public partial EmbeddingLayer @in { get; }
                    [Series(3)] public partial SeriesLayer @out { get; }
                    [Concat(nameof(@in), nameof(@out))] public partial ConcatLayer @ref { get; }
                    [Lstm(5, InputDropout = 0.5, RecurrentDropout = 0.2)] public partial LstmLayer @this { get; }
                    [Softmax(nameof(@int))] public partial SoftmaxLayer @base { get; }
                }
            }
            """
        },
        {
            "names that differ by what a stack adds", """
            using SdCompiler;
            namespace Compiled
            {
                [StructuredDropoutLstm]
                internal partial class Model
                {
                    [Series(3)] public partial SeriesLayer X { get; }
                    [Lstm(5, Layers = 2)] public partial LstmLayer A { get; }
                    [Lstm(5)] public partial LstmLayer A_L1 { get; }
                    [Lstm(6)] internal partial LstmLayer Steps_A { get; }
                    [Linear(5)] protected partial LinearLayer Fixed { get; }
                    [Linear(5)] private partial LinearLayer B { get; }
                    [Regression(2)] public partial RegressionLayer T { get; }
                }
            }
            """
        },
        {
            "names that differ by what directions add", """
            using SdCompiler;
            namespace Compiled
            {
                [StructuredDropoutLstm(BatchSize = 1, TimeSteps = 70)]
                internal partial class Model
                {
                    [Dimension] public partial int Tokens { get; }
                    [Embedding(nameof(Tokens), 3)] public partial EmbeddingLayer B { get; }
                    [Lstm(5, Direction = Direction.Both, RecurrentDropout = 0.2)] public partial LstmLayer @this { get; }
                    [Lstm(5, Layers = 2, Direction = Direction.Both)] public partial LstmLayer this_Reverse { get; }
                    [Lstm(5)] public partial LstmLayer this_Joined { get; }
                    [Linear(4)] public partial LinearLayer Output { get; }
                    [Softmax(nameof(Tokens))] public partial SoftmaxLayer Ws { get; }
                }
            }
            """
        },
        {
            "one step, one row, one unit", """
            using SdCompiler;
            namespace Compiled
            {
                [StructuredDropoutLstm(BatchSize = 1, TimeSteps = 1)]
                internal partial class Model
                {
                    [Dimension] public partial int Tokens { get; }
                    [Dimension] public partial int Kinds { get; }
                    [Embedding(nameof(Tokens), 1)] public partial EmbeddingLayer X { get; }
                    [Lstm(1)] public partial LstmLayer A { get; }
                    [Classification(nameof(Kinds))] public partial ClassificationLayer B { get; }
                }
            }
            """
        },
    };

    [Theory]
    [MemberData(nameof(Places))]
    public void It_compiles_without_a_message(string place, string source)
    {
        Assert.NotEmpty(place);
        foreach (CompileSettings settings in new[] { new CompileSettings(), new CompileSettings(Nullable: true, Checked: false) })
        {
            using CompiledModels models = CompiledModels.Compile(settings, [source]);
            Assert.NotEmpty(models.GeneratedSources);
        }
    }

    [Fact]
    public void A_layer_of_both_directions_shows_the_tensors_of_each()
    {
        Reference.ModelSpec spec = new(
            new Reference.EmbeddingSpec("Words", 9, 3),
            new Reference.LstmSpec("Context", 5) { Layers = 2, Direction = Direction.Both },
            new Reference.LstmSpec("Upper", 4),
            new Reference.SoftmaxSpec("Tags", 6));
        ModelSource source = new("Model", spec) { Settings = "Initializer = Initializer.Glorot" };
        string text = source.ToString().Replace("Direction = Direction.Both", "Direction = Direction.Both, ForgetBias = 2", System.StringComparison.Ordinal);
        using CompiledModels models = CompiledModels.Compile(new CompileSettings(), [text]);
        object model = System.Activator.CreateInstance(models.Type("Model"), 3L)!;
        LstmLayer context = (LstmLayer)model.GetType().GetProperty("Context")!.GetValue(model)!;
        Assert.Equal((Direction.Both, 2, 5, 10), (context.Direction, context.Layers, context.Units, context.Width));
        Assert.Equal(
            [
                "Context.weight_ih_l0", "Context.weight_hh_l0", "Context.bias_ih_l0", "Context.weight_ih_l0_reverse", "Context.weight_hh_l0_reverse", "Context.bias_ih_l0_reverse",
                "Context.weight_ih_l1", "Context.weight_hh_l1", "Context.bias_ih_l1", "Context.weight_ih_l1_reverse", "Context.weight_hh_l1_reverse", "Context.bias_ih_l1_reverse",
            ],
            context.Weights.Select(tensor => tensor.Name));
        Assert.Equal("Context.weight_ih_l1", context.InputWeights(1).Name);
        Assert.Equal("Context.bias_ih_l0", context.Bias().Name);
        Assert.Equal(("Context.weight_ih_l1_reverse", "20, 10"), (context.ReverseInputWeights(1).Name, string.Join(", ", context.ReverseInputWeights(1).Shape)));
        Assert.Equal(("Context.weight_hh_l0_reverse", "20, 5"), (context.ReverseRecurrentWeights().Name, string.Join(", ", context.ReverseRecurrentWeights().Shape)));

        // Gates i, f, g, o: the forget gate's bias is the second quarter, in both directions.
        foreach (WeightTensor bias in (WeightTensor[])[context.Bias(1), context.ReverseBias(1)])
        {
            Assert.Equal(Enumerable.Range(0, 20).Select(i => i / 5 == 1 ? 2f : 0f), bias.ToArray());
        }

        Assert.NotEqual(context.RecurrentWeights().ToArray(), context.ReverseRecurrentWeights().ToArray());
        LstmLayer upper = (LstmLayer)model.GetType().GetProperty("Upper")!.GetValue(model)!;
        Assert.Equal((Direction.Forward, 1, 4, 4), (upper.Direction, upper.Layers, upper.Units, upper.Width));
        Assert.Contains("Direction.Both", Assert.Throws<System.InvalidOperationException>(() => upper.ReverseBias()).Message, System.StringComparison.Ordinal);
        Assert.Throws<System.ArgumentOutOfRangeException>(() => context.ReverseBias(2));
    }

    [Fact]
    public void The_users_documentation_wins()
    {
        const string Source = """
            using SdCompiler;
            namespace Compiled
            {
                /// <summary>Mine.</summary>
                [StructuredDropoutLstm]
                public partial class Model
                {
                    /// <summary>My words.</summary>
                    [Embedding(20, 4)] public partial EmbeddingLayer Words { get; }
                    [Lstm(5)] public partial LstmLayer Memory { get; }
                    [Softmax(20)] public partial SoftmaxLayer Next { get; }
                }
            }
            """;
        using CompiledModels models = CompiledModels.Compile(new CompileSettings(), [Source]);
        string text = models.GeneratedSources.Single();
        Assert.DoesNotContain("<summary>Words", text, System.StringComparison.Ordinal);
        Assert.Contains("<summary>Memory: LSTM of 5 units.</summary>", text, System.StringComparison.Ordinal);
        Assert.DoesNotContain("<remarks>", text, System.StringComparison.Ordinal);
    }
}
