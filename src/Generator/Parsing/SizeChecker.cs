using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using SdCompiler.Generator.Diagnostics;
using SdCompiler.Generator.Model;

namespace SdCompiler.Generator.Parsing;

/// <summary>
/// Finds sizes that are each in range but whose products are not. All sums are 64-bit and checked. The workspace is a lower bound here:
/// what every plan needs for activations and gates; the plan itself has the exact number.
/// </summary>
internal static class SizeChecker
{
    public static void Check(string model, Location place, int batchSize, int timeSteps, List<LayerDraft> layers, MistakeList mistakes)
    {
        WidthTable widths = new(layers);
        checked
        {
            long window = 0;
            foreach (LayerDraft layer in layers)
            {
                LayerModel it = layer.Model;
                long units = it.Width.Constant;
                long read = widths.Read(it);
                (long rows, long columns) = it.Kind switch
                {
                    LayerKind.Lstm => (System.Math.Max(read, units), 4 * Padded(units, 8)),
                    LayerKind.Embedding => (it.Tokens!.Constant, units),
                    LayerKind.Series or LayerKind.Concat => (0, 0),
                    _ => (read, Padded(units, 32)),
                };
                if (rows * columns > Limits.Floats)
                {
                    mistakes.Add(
                        DiagnosticDescriptors.ParameterTooLarge, layer.Attribute.Location, layer.Name,
                        Texts.Of(rows), Texts.Of(columns), Texts.Of(rows * columns), Texts.Of(Limits.Floats));
                    return;
                }

                // Per row and step: an LSTM's gates, h and c; a dense layer's pre-activations and outputs; what the others give.
                window += it.Kind switch
                {
                    LayerKind.Lstm => it.Layers * ((5 * Padded(units, 8)) + units),
                    LayerKind.Linear or LayerKind.Regression => units + Padded(units, 32),
                    LayerKind.Softmax or LayerKind.Classification => 0,
                    _ => widths.Of(it.Name),
                };
            }

            // A softmax works in chunks of steps, but holds at least one step of logits.
            long step = layers.Where(layer => layer.Kind is LayerKind.Softmax or LayerKind.Classification).Sum(layer => (long)layer.Model.Width.Constant);
            long floats = ((window * timeSteps) + step) * batchSize;
            if (floats > Limits.Floats)
            {
                mistakes.Add(
                    DiagnosticDescriptors.WorkspaceTooLarge, place, model,
                    Texts.Of(floats), Texts.Of(batchSize), Texts.Of(timeSteps), Texts.Of(Limits.Floats));
            }
        }
    }

    private static long Padded(long columns, long multiple) => (columns + multiple - 1) / multiple * multiple;
}
