using System.Linq;
using SdCompiler.Runtime;
using SdCompiler.Samples.Tagger.Models;
using SdCompiler.Samples.Tagger.Vocabulary;

namespace SdCompiler.Samples.Tagger.Training;

/// <summary>The weights of the best epoch of a run that writes no checkpoints.</summary>
internal sealed class BestWeights(TaggerModel model)
{
    private float[][]? _values;

    /// <summary>The validation F1 of the best epoch; negative infinity before the first.</summary>
    public double F1 { get; set; } = double.NegativeInfinity;

    /// <summary>Keeps the weights as they are now.</summary>
    public void Keep()
    {
        _values ??= [.. model.Parameters.All.Select(parameter => new float[parameter.Count])];
        for (int i = 0; i < _values.Length; i++)
        {
            model.Parameters.All[i].WriteTo(_values[i]);
        }
    }

    /// <summary>A model with the kept weights; the model itself where none were kept.</summary>
    public TaggerModel Model(TaggerVocabulary vocabulary, TaggerKind kind)
    {
        if (_values is null)
        {
            return model;
        }

        TaggerModel best = TaggerModel.Create(vocabulary, kind, seed: 0);
        for (int i = 0; i < _values.Length; i++)
        {
            best.Parameters.All[i].ReadFrom(_values[i]);
        }

        return best;
    }
}
