using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using SdCompiler.Samples.Shared.Charts;

namespace SdCompiler.Samples.Shared.Training;

/// <summary>The figures of a run's epochs. They travel in its checkpoints, so that a resumed run draws the whole curve.</summary>
internal sealed class LearningHistory
{
    /// <summary>The file of the checkpoint that holds the history.</summary>
    public const string FileName = "history.csv";

    /// <summary>The chart's name in the checkpoint's folder.</summary>
    public const string ChartName = "learning-curves.svg";

    private const string Heading = "epoch,training,validation";

    private readonly List<CurvePoint> _train = [];
    private readonly List<CurvePoint> _valid = [];

    /// <summary>The validation figure of the last epoch, if there is one.</summary>
    public double? LastValid => _valid.Count == 0 ? null : _valid[^1].Value;

    /// <summary>The validation figures of all epochs.</summary>
    public IReadOnlyList<double> ValidValues => [.. _valid.Select(point => point.Value)];

    /// <summary>Adds an epoch, counted from 1.</summary>
    public void Add(int epoch, double train, double valid)
    {
        _train.Add(new CurvePoint(epoch, train));
        _valid.Add(new CurvePoint(epoch, valid));
    }

    /// <summary>The history as comma-separated values.</summary>
    public string ToText()
    {
        StringBuilder text = new(Heading + "\n");
        for (int i = 0; i < _train.Count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{_train[i].Epoch},{_train[i].Value:R},{_valid[i].Value:R}\n");
        }

        return text.ToString();
    }

    /// <summary>Reads what <see cref="ToText"/> wrote; lines that are damaged are left out, because a curve is no reason not to train.</summary>
    public static LearningHistory FromText(string text)
    {
        LearningHistory history = new();
        foreach (string line in text.Split('\n').Skip(1))
        {
            string[] cells = line.Split(',');
            if (cells.Length == 3
                && int.TryParse(cells[0], NumberStyles.None, CultureInfo.InvariantCulture, out int epoch)
                && double.TryParse(cells[1], NumberStyles.Float, CultureInfo.InvariantCulture, out double train)
                && double.TryParse(cells[2], NumberStyles.Float, CultureInfo.InvariantCulture, out double valid))
            {
                history.Add(epoch, train, valid);
            }
        }

        return history;
    }

    /// <summary>Draws the curves into a folder.</summary>
    /// <param name="folder">The checkpoint's folder.</param>
    /// <param name="title">The chart's heading.</param>
    /// <param name="trainingMeasure">What training is judged by.</param>
    /// <param name="measure">What validation is judged by; training has a curve where it is judged by the same.</param>
    /// <param name="optimum">The value of a perfect model, if known.</param>
    public void Draw(string folder, string title, Measure trainingMeasure, Measure measure, double? optimum)
    {
        Curve valid = new("validation", "#d9730d", _valid);
        LearningCurveChart chart = new(title, measure, trainingMeasure == measure ? [new Curve("training", "#2563eb", _train), valid] : [valid], optimum);
        string path = Path.Combine(folder, ChartName);
        try
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(path, chart.Render());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataFileException(path, $"the learning curves cannot be written ({e.Message.TrimEnd('.')})", e);
        }
    }
}
