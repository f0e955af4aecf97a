using System;
using System.Collections.Generic;
using SdCompiler.Generator.Diagnostics;
using SdCompiler.Generator.Model;

namespace SdCompiler.Generator.Parsing;

/// <summary>
/// Finds weight matrices that are too large although each of their sizes is in range. The limits of the sizes keep these products inside 64 bits.
/// The workspace is left to the plan, which alone knows what shares memory.
/// </summary>
internal static class SizeChecker
{
    public static void Check(List<LayerDraft> layers, MistakeList mistakes)
    {
        WidthTable widths = new(layers);
        foreach (LayerDraft layer in layers)
        {
            LayerModel it = layer.Model;
            long units = it.Width.Constant;
            long read = widths.Read(it);
            (long rows, long columns) = it.Kind switch
            {
                LayerKind.Lstm => (Math.Max(read + widths.Of(it.Feedback ?? string.Empty), it.Layers > 1 ? it.OutputWidth.Constant : units), 4 * Padded(units, 8)),
                LayerKind.Attention => (read + widths.Of(it.Encoder!), Padded(units, 32)),
                LayerKind.Embedding => (it.Tokens!.Constant, units),
                LayerKind.CharacterCnn when it.Tokens!.Constant > Padded(units * it.Characters!.Window, 32) => (it.Tokens.Constant, it.Characters.Width),
                LayerKind.CharacterCnn => (it.Characters!.Width, Padded(units * it.Characters.Window, 32)),
                LayerKind.CharacterLstm when (long)it.Tokens!.Constant * it.Characters!.Width > Math.Max(it.Characters.Width, units) * 4 * Padded(units, 8) => (it.Tokens.Constant, it.Characters.Width),
                LayerKind.CharacterLstm => (Math.Max(it.Characters!.Width, units), 4 * Padded(units, 8)),
                LayerKind.MixtureOfSoftmaxes when read * Padded((long)it.Mixture!.Experts * it.Mixture.Width, 32) > it.Mixture.Width * Padded(units, 32) =>
                    (read, Padded((long)it.Mixture.Experts * it.Mixture.Width, 32)),
                LayerKind.MixtureOfSoftmaxes => (it.Mixture!.Width, Padded(units, 32)),
                LayerKind.Series or LayerKind.Concat => (0, 0),
                _ => (read, Padded(units, 32)),
            };
            long numbers = checked(rows * columns);
            if (numbers > Limits.Floats)
            {
                mistakes.Add(
                    DiagnosticDescriptors.ParameterTooLarge, layer.Attribute.Location, layer.Name,
                    Texts.Of(rows), Texts.Of(columns), Texts.Of(numbers), Texts.Of(Limits.Floats));
            }
        }
    }

    private static long Padded(long columns, long multiple) => (columns + multiple - 1) / multiple * multiple;
}
