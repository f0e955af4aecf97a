using System.Collections.Generic;
using System.Linq;
using SdCompiler.Generator.Diagnostics;
using SdCompiler.Generator.Model;

namespace SdCompiler.Generator.Parsing;

/// <summary>One layer attribute to one <see cref="LayerModel"/>; what the layer reads is resolved later, by <see cref="ConnectionResolver"/>.</summary>
internal static class LayerReader
{
    /// <param name="member">The property; its attribute is a layer's.</param>
    /// <param name="initializer">The class's initialiser.</param>
    /// <param name="initialRange">The class's range.</param>
    /// <param name="mistakes">Takes what is wrong.</param>
    public static LayerDraft Read(MemberDraft member, Initializer initializer, double initialRange, MistakeList mistakes)
    {
        LayerKind kind = member.Kind!.Value;
        AttributeReader attribute = member.Attribute;
        ArgumentReader read = new(member.Property.Name, attribute, mistakes);
        (Initializer own, double range) = ReadInitializer(member, read, initializer, initialRange, mistakes);
        LayerModel layer = new(
            kind,
            Identifiers.Escape(member.Property.Name),
            Modifiers(member),
            Texts.HasDocumentation(member.Syntax),
            Sources: default,
            Width: SizeModel.Of(1),
            Tokens: null,
            Layers: 1,
            WordDropout: 0,
            DropoutModel.None,
            DropoutModel.None,
            DropoutModel.None,
            Activation.None,
            IgnoreIndex: -1,
            TiedTo: null,
            own,
            range,
            ForgetBias: double.NaN);
        layer = kind switch
        {
            LayerKind.Embedding => layer with
            {
                Tokens = read.SizeOrDimension("tokens", "Tokens", 1),
                Width = SizeModel.Of(read.Size("width", "Width", 0, 1, Limits.Width)),
                WordDropout = read.Rate("WordDropout"),
                IsFrozen = !attribute.Get("Trainable", true),
                OutputDropout = read.Dropout("Output"),
            },
            LayerKind.Series => layer with
            {
                Width = SizeModel.Of(read.Size("width", "Width", 0, 1, Limits.Width)),
            },
            LayerKind.Lstm => layer with
            {
                Width = SizeModel.Of(read.Size("units", "Units", 0, 1, Limits.Width)),
                Layers = read.Size("Layers", "Layers", 1, 1, Limits.Layers),
                Direction = read.Enum("Direction", Direction.Forward),
                InputDropout = read.Dropout("Input"),
                RecurrentDropout = read.Dropout("Recurrent"),
                WeightDropout = read.Dropout("Weight"),
                ActivationPenalty = read.Penalty("ActivationPenalty"),
                TemporalPenalty = read.Penalty("TemporalPenalty"),
                OutputDropout = read.Dropout("Output"),
                ForgetBias = read.ForgetBias(),
                InitialState = attribute.Get<string?>("InitialState", null),
            },
            LayerKind.Linear => layer with
            {
                Width = SizeModel.Of(read.Size("units", "Units", 0, 1, Limits.Width)),
                Activation = read.Enum("Activation", Activation.None),
                InputDropout = read.Dropout("Input"),
                OutputDropout = read.Dropout("Output"),
            },
            LayerKind.Attention => layer with
            {
                Score = read.Enum("Score", AttentionScore.General),
                OutputDropout = read.Dropout("Output"),
            },
            LayerKind.Softmax => ReadClasses(layer, read) with { LabelSmoothing = read.LabelSmoothing() },
            LayerKind.Classification => ReadClasses(layer, read),
            LayerKind.CharacterCnn => ReadCharacters(layer, read),
            LayerKind.CharacterLstm => layer with
            {
                Tokens = read.SizeOrDimension("characters", "Characters", 1),
                Width = SizeModel.Of(read.Size("Units", "Units", 25, 1, Limits.Width)),
                InputDropout = read.Dropout("Input"),
                ForgetBias = read.ForgetBias(),
                Characters = new CharacterModel(read.Size("width", "Width", 0, 1, Limits.Width), Window: 0, read.Size("MaximumLength", "MaximumLength", 20, 1, Limits.WordLength)),
            },
            LayerKind.MixtureOfSoftmaxes => ReadClasses(layer, read) with
            {
                Mixture = new MixtureModel(read.Size("Experts", "Experts", 15, 1, Limits.Experts), read.Size("Width", "Width", 0, 0, Limits.Width)),
                LatentDropout = read.Dropout("Latent"),
            },
            LayerKind.Crf => layer with
            {
                Width = read.SizeOrDimension("tags", "Tags", 2, Limits.Tags),
                InputDropout = read.Dropout("Input"),
            },
            LayerKind.Regression => layer with
            {
                Width = SizeModel.Of(read.Size("outputs", "Outputs", 0, 1, Limits.Width)),
                InputDropout = read.Dropout("Input"),
            },
            _ => layer,
        };
        return new LayerDraft(member.Property, attribute, layer);
    }

    /// <summary>The property's modifiers as written, without 'partial'.</summary>
    public static string Modifiers(MemberDraft member) =>
        string.Join(" ", member.Syntax.Modifiers.Select(token => token.ValueText).Where(text => text != "partial"));

    private static LayerModel ReadCharacters(LayerModel layer, ArgumentReader read) => layer with
    {
        Tokens = read.SizeOrDimension("characters", "Characters", 1),
        Width = SizeModel.Of(read.Size("Filters", "Filters", 30, 1, Limits.Width)),
        InputDropout = read.Dropout("Input"),
        Characters = new CharacterModel(
            read.Size("width", "Width", 0, 1, Limits.Width),
            read.OddSize("Window", 3, Limits.CharacterWindow),
            read.Size("MaximumLength", "MaximumLength", 20, 1, Limits.WordLength)),
    };

    private static LayerModel ReadClasses(LayerModel layer, ArgumentReader read)
    {
        SizeModel classes = read.SizeOrDimension("classes", "Classes", 2);
        return layer with { Width = classes, InputDropout = read.Dropout("Input"), IgnoreIndex = read.IgnoreIndex() };
    }

    private static (Initializer Own, double Range) ReadInitializer(
        MemberDraft member, ArgumentReader read, Initializer initializer, double initialRange, MistakeList mistakes)
    {
        AttributeReader attribute = member.Attribute;
        if (member.Kind is LayerKind.Series or LayerKind.Concat)
        {
            foreach (string argument in new List<string> { "Initializer", "InitialRange" }.Where(attribute.Has))
            {
                mistakes.Add(DiagnosticDescriptors.NoParameters, attribute.LocationOf(argument), member.Property.Name, argument, member.AttributeName);
            }

            return (initializer, initialRange);
        }

        Initializer own = read.Enum("Initializer", Initializer.Default);
        own = own == Initializer.Default ? initializer : own;
        double range = attribute.Has("InitialRange") && own == Initializer.Uniform ? read.InitialRange(initialRange) : initialRange;
        if (attribute.Has("InitialRange") && own != Initializer.Uniform)
        {
            mistakes.Add(DiagnosticDescriptors.InitialRangeUnused, attribute.LocationOf("InitialRange"), member.Property.Name, "its initialiser is " + own);
        }

        return (own, range);
    }
}
