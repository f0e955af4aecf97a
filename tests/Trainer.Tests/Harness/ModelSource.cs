using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using SdCompiler.Trainer.Tests.Reference;

namespace SdCompiler.Trainer.Tests.Harness;

/// <summary>The annotated C# class of a <see cref="ModelSpec"/>, as a user would write it.</summary>
/// <param name="Name">The class's name.</param>
/// <param name="Spec">Its layers.</param>
internal sealed record ModelSource(string Name, ModelSpec Spec)
{
    /// <summary>B.</summary>
    public int BatchSize { get; init; } = 3;

    /// <summary>T.</summary>
    public int TimeSteps { get; init; } = 4;

    /// <summary>The class's pattern; not used with variants.</summary>
    public DropoutPattern Pattern { get; init; }

    /// <summary>The class's sampling; not used with variants.</summary>
    public MaskSampling Sampling { get; init; }

    /// <summary>Variants in order; empty for a model without them.</summary>
    public IReadOnlyList<VariantSource> Variants { get; init; } = [];

    /// <summary>Other settings of the class attribute, such as <c>Initializer = Initializer.Glorot</c>.</summary>
    public string Settings { get; init; } = "";

    /// <summary>Whether the user wrote documentation; without it the generated parts must bring all that CS1591 asks for.</summary>
    public bool IsDocumented { get; init; }

    /// <summary>What the emitted method that reads a model is called: a layer of that name keeps it.</summary>
    public string LoadMethod => Spec.Layers.Any(layer => layer.Name == "Load") ? "LoadModel" : "Load";

    /// <summary>What the emitted method that writes a model is called: a layer of that name keeps it.</summary>
    public string SaveMethod => Spec.Layers.Any(layer => layer.Name == "Save") ? "SaveModel" : "Save";

    /// <summary>Dimensions in the order of their first use, with the values for the constructor.</summary>
    public IReadOnlyList<(string Name, int Value)> Dimensions => Spec.Layers
        .Select(layer => layer switch
        {
            EmbeddingSpec { Dimension: not null } embedding => (embedding.Dimension, embedding.Tokens),
            SoftmaxSpec { Dimension: not null } softmax => (softmax.Dimension, softmax.Classes),
            CharacterSpec { Dimension: not null } characters => (characters.Dimension, characters.Characters),
            MixtureSpec { Dimension: not null } mixture => (mixture.Dimension, mixture.Classes),
            CrfSpec { Dimension: not null } crf => (crf.Dimension, crf.Tags),
            _ => ("", 0),
        })
        .Where(dimension => dimension.Item1.Length > 0).Distinct().ToList();

    /// <summary>The source text.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        text.AppendLine("using SdCompiler;").AppendLine("namespace Compiled").AppendLine("{");
        if (Variants.Count > 0)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"/// <summary>Variants.</summary>\npublic enum {Name}Variant\n{{");
            foreach (VariantSource variant in Variants)
            {
                text.AppendLine("/// <summary>A variant.</summary>").AppendLine(variant.ToString());
            }

            text.AppendLine("}");
        }

        List<string> arguments = ["BatchSize = " + BatchSize, "TimeSteps = " + TimeSteps];
        arguments.Add(Variants.Count > 0 ? $"Variants = typeof({Name}Variant)" : $"Pattern = DropoutPattern.{Pattern}, Sampling = MaskSampling.{Sampling}");
        if (Settings.Length > 0)
        {
            arguments.Add(Settings);
        }

        Document(text);
        text.AppendLine(CultureInfo.InvariantCulture, $"[StructuredDropoutLstm({string.Join(", ", arguments)})]\npublic partial class {Name}\n{{");
        foreach ((string name, int _) in Dimensions)
        {
            Document(text);
            text.AppendLine(CultureInfo.InvariantCulture, $"[Dimension] public partial int {name} {{ get; }}");
        }

        foreach (LayerSpec layer in Spec.Layers)
        {
            (string attribute, string type) = layer.Source;
            Document(text);
            text.AppendLine(CultureInfo.InvariantCulture, $"[{attribute}] public partial {type} {layer.Name} {{ get; }}");
        }

        return text.AppendLine("}").AppendLine("}").ToString();
    }

    private void Document(StringBuilder text)
    {
        if (IsDocumented)
        {
            text.AppendLine("/// <summary>The user's own words.</summary>");
        }
    }
}
