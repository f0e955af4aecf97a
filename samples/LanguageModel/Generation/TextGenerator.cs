using System;
using System.Collections.Generic;
using SdCompiler.Samples.Shared;

namespace SdCompiler.Samples.LanguageModel.Generation;

/// <summary>Writes text word by word: each word is drawn from the model's distribution and read back.</summary>
internal sealed class TextGenerator
{
    private readonly TokenPredictor _predictor;
    private readonly Vocabulary _vocabulary;
    private readonly LstmState _state;
    private readonly float[] _logProbabilities;
    private readonly double[] _weights;

    /// <summary>A generator at the start of a text.</summary>
    /// <param name="predictor">The model.</param>
    /// <param name="vocabulary">Its words.</param>
    public TextGenerator(TokenPredictor predictor, Vocabulary vocabulary)
    {
        _predictor = predictor;
        _vocabulary = vocabulary;
        _state = predictor.CreateState(1);
        _logProbabilities = new float[vocabulary.Count];
        _weights = new double[vocabulary.Count];
        Read(vocabulary.EndOfSentenceId);
    }

    /// <summary>Reads a word of a prompt.</summary>
    /// <param name="token">Its number.</param>
    public void Read(int token) => _predictor.Next(_state, [token], _logProbabilities);

    /// <summary>Draws words and reads each of them.</summary>
    /// <param name="length">Words, ends of lines among them.</param>
    /// <param name="temperature">0 takes the most probable word each time; 1 draws as the model says; more flattens the distribution.</param>
    /// <param name="random">Where draws come from.</param>
    public IEnumerable<int> Write(int length, double temperature, SplitMix64 random)
    {
        for (int i = 0; i < length; i++)
        {
            int token = Choose(temperature, random);
            yield return token;
            Read(token);
        }
    }

    /// <summary>Draws the words of one sentence, at most so many.</summary>
    public string WriteSentence(int longest, double temperature, SplitMix64 random)
    {
        List<int> words = [];
        foreach (int token in Write(longest, temperature, random))
        {
            if (token == _vocabulary.EndOfSentenceId)
            {
                break;
            }

            words.Add(token);
        }

        return _vocabulary.Text(words.ToArray());
    }

    private int Choose(double temperature, SplitMix64 random)
    {
        int best = 0;
        for (int i = 1; i < _logProbabilities.Length; i++)
        {
            best = _logProbabilities[i] > _logProbabilities[best] ? i : best;
        }

        if (temperature == 0)
        {
            return best;
        }

        // Relative to the most probable word, so that a small temperature makes the others 0 and never all of them.
        double sum = 0;
        for (int i = 0; i < _weights.Length; i++)
        {
            _weights[i] = Math.Exp((_logProbabilities[i] - _logProbabilities[best]) / temperature);
            sum += _weights[i];
        }

        double left = random.NextDouble() * sum;
        for (int i = 0; i < _weights.Length; i++)
        {
            left -= _weights[i];
            if (left < 0)
            {
                return i;
            }
        }

        return best;
    }
}
