// Armadillo's gmm_full and gmm_diag. Arguments FOLDER THREADS TASK ROWS.
#include <armadillo>
#include <chrono>
#include <ctime>
#include <fstream>
#include <iterator>
#include <string>

static std::string meta;

// On a busy machine: the time that the process had a processor, of one thread.
static double clock_seconds() {
    const char* measure = getenv("MEASURE");
    if (measure && std::string(measure) == "cpu") return double(std::clock()) / CLOCKS_PER_SEC;
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

static long number(const std::string& key) {
    size_t at = meta.find("\"" + key + "\"");
    return std::stol(meta.substr(meta.find(':', at) + 1));
}

static arma::mat read(const std::string& file, long rows, long columns) {
    arma::mat values(rows, columns);
    std::ifstream(file, std::ios::binary).read(reinterpret_cast<char*>(values.memptr()), rows * columns * 8);
    return values;
}

static void start(arma::gmm_full& model, const arma::mat& means, const arma::vec& variances) {
    arma::cube covariances(variances.n_elem, variances.n_elem, means.n_cols, arma::fill::zeros);
    for (arma::uword k = 0; k < means.n_cols; k++) covariances.slice(k).diag() = variances;
    model.set_params(means, covariances, arma::rowvec(means.n_cols).fill(1.0 / means.n_cols));
}

static void start(arma::gmm_diag& model, const arma::mat& means, const arma::vec& variances) {
    model.set_params(means, arma::repmat(variances, 1, means.n_cols), arma::rowvec(means.n_cols).fill(1.0 / means.n_cols));
}

template <class Model>
static double seconds(const arma::mat& rows, const arma::mat& means, const arma::vec& variances, int iterations) {
    Model model;
    start(model, means, variances);
    double began = clock_seconds();
    model.learn(rows, means.n_cols, arma::eucl_dist, arma::keep_existing, 0, iterations, 1e-12, false);
    return clock_seconds() - began;
}

template <class Model>
static void report(const arma::mat& rows, const arma::mat& means, const arma::vec& variances) {
    double once = seconds<Model>(rows, means, variances, 2) / 2;
    int more = std::max(1, std::min(10, int(2 / once)));
    printf("{\"seconds\": [");
    for (int i = 0; i < 3; i++) {
        double few = seconds<Model>(rows, means, variances, 1);
        printf("%s%.9g", i ? ", " : "", (seconds<Model>(rows, means, variances, 1 + more) - few) / more);
    }
    printf("], \"rows\": %ld}\n", long(rows.n_cols));
}

int main(int, char** arguments) {
    std::string folder = arguments[1];
    std::ifstream file(folder + "/meta.json");
    meta.assign(std::istreambuf_iterator<char>(file), {});
    long n = std::min(number("rows"), std::stol(arguments[4]));
    long d = number("columns");
    arma::mat rows = read(folder + "/rows.bin", d, n);
    arma::mat means = read(folder + "/means.bin", d, number("components"));
    arma::vec variances = read(folder + "/variances.bin", d, 1);
    if (meta.find("diagonal") == std::string::npos) {
        report<arma::gmm_full>(rows, means, variances);
    } else {
        report<arma::gmm_diag>(rows, means, variances);
    }
}
